import type { Browser, BrowserContextOptions, Locator, Page } from 'playwright-core';
import { type SlackPage, servePage } from '../../../sandbox/slack/page/server';
import type { SlackStandIn } from '../../../sandbox/slack/slack';

/** The stand-in's page in a browser, as a person sees it; with the sandbox's stand-in as with one of its own. */
export interface OpenPage {
  page: Page;
  /** What the browser complained of: errors of scripts, and what the page's policy refused. */
  complaints: string[];
  /** Whatever the page asked of anything but its own server. */
  strayRequests: string[];
  /** Becomes another user. */
  be(name: string): Promise<void>;
  /** The message, in its channel, that holds a text. */
  message(text: string): Locator;
  /** The modal that is open. */
  readonly modal: Locator;
  close(): Promise<void>;
}

/** Serves a stand-in's page, and opens it. @param user id of whom the person is */
export async function openSlackPage(
  browser: Browser,
  slack: SlackStandIn,
  user: string,
  options: BrowserContextOptions = {},
): Promise<OpenPage> {
  const served: SlackPage = await servePage(slack);
  const context = await browser.newContext({
    viewport: { width: 1280, height: 860 },
    locale: 'en-GB',
    timezoneId: 'Europe/Berlin',
    ...options,
  });
  const page = await context.newPage();
  // Less than a test has, so that it says what it waited for.
  page.setDefaultTimeout(15_000);
  const complaints: string[] = [];
  const strayRequests: string[] = [];
  page.on('pageerror', (error) => complaints.push(error.message));
  page.on('console', (message) => {
    if (message.type() === 'error') complaints.push(message.text());
  });
  page.on('request', (request) => {
    if (!request.url().startsWith(served.url)) strayRequests.push(request.url());
  });
  await page.goto(`${served.url}?user=${user}`);
  return {
    page,
    complaints,
    strayRequests,
    be: async (name) => {
      await page.getByLabel('You are').selectOption({ label: name });
    },
    message: (text) => page.locator('#messages > li', { hasText: text }),
    modal: page.locator('#modal'),
    close: async () => {
      await context.close();
      await served.stop();
    },
  };
}
