import { mkdirSync } from 'node:fs';
import { join } from 'node:path';
import type { Locator, Page } from 'playwright-core';
import { projectDirectory } from '../../support/run-directory';

const screenshots = join(projectDirectory, '.staunch', 'screenshots');
const pictures = join(projectDirectory, 'docs', 'pictures');

/** Keeps what the page shows in `.staunch/screenshots`. @param name without an ending */
export async function keepScreenshot(page: Page, name: string): Promise<void> {
  await page.screenshot({ path: pathIn(screenshots, name) });
}

/**
 * Keeps parts of the page as a picture of the documentation, where `STAUNCH_PICTURES` asks for them; else as any screenshot: another
 * machine has other fonts, and no run of the tests changes the documentation.
 * @param name without an ending
 * @param parts what the picture has to hold, wholly in view
 */
export async function keepPicture(page: Page, name: string, parts: readonly Locator[]): Promise<void> {
  const boxes = (await Promise.all(parts.map((part) => part.boundingBox()))).filter((box) => box !== null);
  const x = Math.min(...boxes.map((box) => box.x));
  const y = Math.min(...boxes.map((box) => box.y));
  const clip = {
    x,
    y,
    width: Math.max(...boxes.map((box) => box.x + box.width)) - x,
    height: Math.max(...boxes.map((box) => box.y + box.height)) - y,
  };
  const path = process.env.STAUNCH_PICTURES
    ? pathIn(pictures, `slack-${name}`)
    : pathIn(screenshots, `picture-${name}`);
  await page.screenshot({ path, clip });
}

function pathIn(folder: string, name: string): string {
  mkdirSync(folder, { recursive: true });
  return join(folder, `${name}.png`);
}
