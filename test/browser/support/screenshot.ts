import { mkdirSync } from 'node:fs';
import { join } from 'node:path';
import type { Page } from 'playwright-core';
import { projectDirectory } from '../../support/run-directory';

/** Keeps what the page shows in `.staunch/screenshots`. @param name without an ending */
export async function keepScreenshot(page: Page, name: string): Promise<void> {
  const folder = join(projectDirectory, '.staunch', 'screenshots');
  mkdirSync(folder, { recursive: true });
  await page.screenshot({ path: join(folder, `${name}.png`) });
}
