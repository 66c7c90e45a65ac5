import type { Browser } from 'playwright-core';
import { actionsOn } from '../../hub-functions/card/buttons';
import { formOf } from '../../hub-functions/slack/forms';
import type { SlackStandIn } from '../../sandbox/slack/slack';
import {
  alice,
  channel,
  clientOf,
  startApp,
  startStandIn,
  type TestApp,
} from '../sandbox/slack/support/stand-in';
import { installedChromium, startBrowser } from './support/chromium';
import { PicturedChannel } from './support/pictured-channel';
import { keepPicture } from './support/screenshot';
import { type OpenPage, openSlackPage } from './support/slack-page';

const chromium = installedChromium();

describe.skipIf(chromium === undefined)('the pictures of the page on Slack show', () => {
  let browser: Browser;
  let slack: SlackStandIn;
  let app: TestApp;
  let pictured: PicturedChannel;
  let open: OpenPage | undefined;

  beforeAll(async () => {
    browser = await startBrowser(chromium ?? '');
  });
  afterAll(() => browser?.close());

  beforeEach(async () => {
    const clock = PicturedChannel.clock();
    const channels = [{ id: channel, name: 'security' }];
    [slack, app] = await Promise.all([
      startStandIn({ limits: 'none', channels, now: clock.now }),
      startApp(),
    ]);
    slack.requestUrl = app.url;
    pictured = new PicturedChannel(slack, clock);
  });
  afterEach(async () => {
    await open?.close();
    open = undefined;
    await Promise.all([slack.stop(), app.stop()]);
  });

  const opened = async (height: number, width = 1_000) => {
    open = await openSlackPage(browser, slack, alice, { viewport: { width, height } });
    return open;
  };

  it('a finding that waits', async () => {
    await pictured.waiting();
    const { page } = await opened(920);
    await page.getByRole('button', { name: 'Approve', exact: true }).waitFor();
    await keepPicture(page, 'waiting', [page.getByRole('main')]);
  });

  it('a finding that was fixed, with its thread', async () => {
    await pictured.fixed();
    const { page } = await opened(1_520, 1_400);
    await page.getByRole('button', { name: '1 reply' }).click();
    const thread = page.getByRole('complementary', { name: 'Thread' });
    await thread.getByText('It was read again').scrollIntoViewIfNeeded();
    await keepPicture(page, 'fixed', [thread]);
  });

  it('the form of a denial', async () => {
    const card = await pictured.waiting();
    const action = card.findings.flatMap((shown) => actionsOn(shown, new Date())).find(isDenial);
    if (!action) throw new Error('Nothing can be denied.');
    app.work = ({ payload: { trigger_id: trigger } }) =>
      clientOf(slack).views.open({
        trigger_id: trigger,
        view: formOf({ action, card: card.cardId, place: {} }, new Date()) as never,
      });
    const { page, modal } = await opened(700);
    await page.getByRole('button', { name: 'Deny' }).click();
    await modal
      .getByRole('textbox')
      .fill('A jump host that has to be reached from everywhere, until Friday.');
    await keepPicture(page, 'deny', [modal]);
  });

  it('a storm in one message', async () => {
    await pictured.storm();
    const { page } = await opened(560);
    await page.getByRole('button', { name: 'List' }).waitFor();
    await keepPicture(page, 'storm', [page.getByRole('main')]);
  });
});

function isDenial<Action extends { order: string }>(action: Action): action is Action & { order: 'deny' } {
  return action.order === 'deny';
}
