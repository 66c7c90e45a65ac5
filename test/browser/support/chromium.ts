import { existsSync } from 'node:fs';
import { type Browser, chromium } from 'playwright-core';

/** Where systems install it; the first that is there counts. */
const usualPaths = [
  '/usr/bin/chromium',
  '/usr/bin/chromium-browser',
  '/usr/bin/google-chrome-stable',
  '/usr/bin/google-chrome',
  '/snap/bin/chromium',
  '/opt/google/chrome/chrome',
  '/Applications/Chromium.app/Contents/MacOS/Chromium',
  '/Applications/Google Chrome.app/Contents/MacOS/Google Chrome',
  'C:\\Program Files\\Google\\Chrome\\Application\\chrome.exe',
];

/**
 * The installed Chromium: the one that `CHROMIUM_PATH` names, or one in the usual places.
 * @returns undefined where none is installed; one line was printed then
 * @throws Error where `CHROMIUM_PATH` names none, or none is installed and `STAUNCH_BROWSER` is `required`
 */
export function installedChromium(environment = process.env, exists = existsSync): string | undefined {
  const { CHROMIUM_PATH: named, STAUNCH_BROWSER: wish } = environment;
  if (named) {
    if (exists(named)) return named;
    throw new Error(`CHROMIUM_PATH is ${named}, where there is nothing.`);
  }
  const found = usualPaths.find((path) => exists(path));
  if (found !== undefined) return found;
  const how = 'Install Chromium (on Debian: apt-get install chromium), or set CHROMIUM_PATH.';
  if (wish === 'required') throw new Error(`The tests of the page in a browser have to run. ${how}`);
  process.stderr.write(`The tests of the page in a browser are skipped: there is none. ${how}\n`);
  return undefined;
}

/** Starts it without a window. Chromium's own sandbox does not work as root, nor in most containers. */
export function startBrowser(executablePath: string): Promise<Browser> {
  return chromium.launch({
    executablePath,
    chromiumSandbox: false,
    args: ['--disable-dev-shm-usage', '--disable-gpu'],
  });
}
