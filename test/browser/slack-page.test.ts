import type { Browser } from 'playwright-core';
import { refusalView } from '../../hub-functions/slack/forms';
import type { SlackStandIn } from '../../sandbox/slack/slack';
import {
  alice,
  bob,
  channel,
  clientOf,
  startApp,
  startStandIn,
  type TestApp,
} from '../sandbox/slack/support/stand-in';
import { seriousFaults } from './support/axe';
import { installedChromium, startBrowser } from './support/chromium';
import { button, denyView, plain, waitingBlocks } from './support/posts';
import { keepScreenshot } from './support/screenshot';
import { type OpenPage, openSlackPage } from './support/slack-page';

const chromium = installedChromium();
const other = { id: 'C0PAYMENTS1', name: 'payments' };
/** What names, texts and files may hold. */
const hostile = '<img src=x onerror="hacked=1"><script>hacked=1</script>\u202egnp.exe&amp;"\'`*_~';

describe.skipIf(chromium === undefined)('the page of the stand-in for Slack', () => {
  let browser: Browser;
  let slack: SlackStandIn;
  let app: TestApp;
  let open: OpenPage | undefined;

  beforeAll(async () => {
    browser = await startBrowser(chromium ?? '');
  });
  afterAll(() => browser?.close());

  beforeEach(async () => {
    [slack, app] = await Promise.all([
      startStandIn({ limits: 'none', channels: [{ id: channel, name: 'security' }, other] }),
      startApp(),
    ]);
    slack.requestUrl = app.url;
    slack.triggerLife = 60_000;
  });
  afterEach(async () => {
    await open?.close();
    open = undefined;
    await Promise.all([slack.stop(), app.stop()]);
  });

  async function opened(user = alice, options = {}): Promise<OpenPage> {
    open = await openSlackPage(browser, slack, user, options);
    return open;
  }

  async function posted(text = 'Waits for you', to = channel): Promise<string> {
    const { ts = '' } = await clientOf(slack).chat.postMessage({
      channel: to,
      text,
      blocks: waitingBlocks(),
    });
    return ts;
  }

  it('shows messages as Slack does, while they come and change', async () => {
    const ts = await posted();
    const { page, message, complaints, strayRequests } = await opened();
    const first = message('Anybody on the internet');
    await first.getByRole('heading', { name: 'Waits for you' }).waitFor();
    expect(await first.locator('.section-text').first().innerText()).toBe(
      'Anybody on the internet reaches port 22 of sg-0a1b2c3d4e5f60718 (<web>) in payments-prod & its peers. Nobody asked. @security-team, @Alice Example: please decide.',
    );
    expect(await first.locator('strong', { hasText: 'Anybody' }).count()).toBe(1);
    expect(await first.locator('.mention.me').allInnerTexts()).toEqual(['@security-team', '@Alice Example']);
    expect(await first.locator('pre').innerText()).toContain('- tcp 22 from 0.0.0.0/0\n');
    expect(await first.locator('time').last().innerText()).toBe('01/01/2026 01:00');

    await clientOf(slack).chat.postMessage({ channel, text: 'A second one' });
    await message('A second one').waitFor();
    const attachments = [{ color: 'good', blocks: [{ type: 'section' as const, text: plain('Fixed') }] }];
    await clientOf(slack).chat.update({ channel, ts, text: 'Fixed', attachments });
    await page.locator('.attachment', { hasText: 'Fixed' }).waitFor();
    expect(await page.getByRole('button', { name: 'Approve' }).count()).toBe(0);
    expect(complaints).toEqual([]);
    expect(strayRequests).toEqual([]);
  });

  it('shows threads beside the channel, and other channels', async () => {
    const ts = await posted();
    await clientOf(slack).chat.postMessage({ channel, text: 'Alice approved it.', thread_ts: ts });
    const { page, message } = await opened();
    await page.getByRole('button', { name: '1 reply' }).click();
    const thread = page.getByRole('complementary', { name: 'Thread' });
    await thread.getByText('Alice approved it.').waitFor();
    expect(await message('Alice approved it.').count()).toBe(0);
    await clientOf(slack).chat.postMessage({ channel, text: 'It is fixed.', thread_ts: ts });
    await thread.getByText('It is fixed.').waitFor();
    await page.getByRole('button', { name: '2 replies' }).waitFor();
    await keepScreenshot(page, 'slack-thread');

    await posted('Elsewhere', other.id);
    await page.getByRole('button', { name: /payments\s*, unread/ }).click();
    await page.getByRole('heading', { name: '# payments' }).waitFor();
    expect(await page.locator('#messages > li').count()).toBe(1);
    expect(await thread.isVisible()).toBe(false);
  });

  it('sends a click to the app, as who the person is, and shows what comes of it', async () => {
    const ts = await posted();
    app.work = () => clientOf(slack).chat.postEphemeral({ channel, user: bob, text: 'You approved it.' });
    const { page, be, message } = await opened();
    await be('Bob Example');
    await page.getByRole('button', { name: 'Approve' }).click();
    await message('You approved it.').waitFor();
    expect(await message('You approved it.').getByText('Only visible to you').count()).toBe(1);
    expect(app.received).toHaveLength(1);
    expect(app.received[0]?.payload).toMatchObject({
      user: { id: bob },
      message: { ts },
      actions: [{ action_id: 'staunch:approve' }],
    });
    await be('Alice Example');
    await page.getByRole('button', { name: 'Approve' }).waitFor();
    await expect.poll(() => message('You approved it.').count()).toBe(0);
  });

  it('asks first where the button says so', async () => {
    await posted();
    const { page } = await opened();
    const dialog = page.getByRole('dialog', { name: 'Exempt it?' });
    await page.getByRole('button', { name: 'Exempt' }).click();
    await dialog.getByRole('button', { name: 'Cancel' }).click();
    await dialog.waitFor({ state: 'detached' });
    expect(app.received).toEqual([]);
    await page.getByRole('button', { name: 'Exempt' }).click();
    await dialog.getByRole('button', { name: 'Exempt' }).click();
    await expect.poll(() => app.received.length).toBe(1);
  });

  it('says what went wrong with a click', async () => {
    await posted();
    app.answer.status = 500;
    const { page } = await opened();
    await page.getByRole('button', { name: 'Approve' }).click();
    await page.getByRole('status').getByText('The app answered HTTP 500.').waitFor();
  });

  it('opens a modal, holds it back while something is missing, and submits it', async () => {
    await posted();
    app.work = async ({ payload: { type, trigger_id: trigger } }) => {
      if (type === 'block_actions')
        await clientOf(slack).views.open({ trigger_id: trigger, view: denyView() });
    };
    const { page, modal } = await opened();
    await page.getByRole('button', { name: 'Deny' }).click();
    await modal.getByRole('heading', { name: 'Deny the change' }).waitFor();
    await modal.getByRole('button', { name: 'Deny' }).click();
    await modal.getByText('Please complete this required field.').first().waitFor();
    expect(app.received).toHaveLength(1);
    expect(await seriousFaults(page)).toEqual([]);
    await keepScreenshot(page, 'slack-modal');

    await modal.getByLabel('Reason').fill('We publish\nit.');
    await modal.getByLabel('Until').fill('2027-01-15T10:30');
    await modal.getByLabel('Kind').selectOption('too risky');
    app.answer.body = { response_action: 'errors', errors: { reason: 'Who are we?' } };
    await modal.getByRole('button', { name: 'Deny' }).click();
    await modal.getByText('Who are we?').waitFor();
    expect(await modal.getByLabel('Reason').inputValue()).toBe('We publish\nit.');
    delete app.answer.body;
    await modal.getByRole('button', { name: 'Deny' }).click();
    await modal.waitFor({ state: 'hidden' });
    expect(app.received.at(-1)?.payload.view.state.values).toEqual({
      reason: { text: { type: 'plain_text_input', value: 'We publish\nit.' } },
      until: {
        time: { type: 'datetimepicker', selected_date_time: Date.parse('2027-01-15T09:30:00Z') / 1000 },
      },
      kind: {
        choice: expect.objectContaining({ selected_option: expect.objectContaining({ value: 'too risky' }) }),
      },
    });
  });

  it('shows in a modal that was opened why nothing comes of it, with nothing to send off', async () => {
    await posted();
    const { views } = clientOf(slack);
    app.work = async ({ payload: { trigger_id: trigger } }) => {
      await views.open({ trigger_id: trigger, view: denyView() });
    };
    const { page, modal } = await opened();
    await page.getByRole('button', { name: 'Deny' }).click();
    await modal.getByRole('button', { name: 'Deny' }).waitFor();
    const view = refusalView({}, ['Guests of the workspace decide nothing. Nothing was done.']);
    await views.update({ view_id: slack.views[0]?.id ?? '', view: view as never });
    await modal.getByText('Guests of the workspace decide nothing.').waitFor();
    expect(await modal.getByRole('button').allInnerTexts()).toEqual(['Close']);
    expect(await modal.getByLabel('Reason').count()).toBe(0);
    await modal.getByRole('button', { name: 'Close' }).click();
    await modal.waitFor({ state: 'hidden' });
  });

  it('keeps what somebody types in a modal on another one, when that says something else', async () => {
    await posted();
    const { views } = clientOf(slack);
    const list = (text: string) => ({
      ...denyView(),
      title: plain(text),
      blocks: [{ type: 'actions' as const, elements: [button('Deny it', 'staunch:deny')] }],
    });
    app.work = async ({ payload: { type, view, trigger_id: trigger } }) => {
      if (type !== 'block_actions') return;
      if (view === undefined) await views.open({ trigger_id: trigger, view: list('Findings') });
      else await views.push({ trigger_id: trigger, view: denyView() });
    };
    const { page, modal } = await opened();
    await page.getByRole('button', { name: 'Deny' }).click();
    await modal.getByRole('button', { name: 'Deny it' }).click();
    await modal.getByLabel('Reason').fill('We publish it.');
    await views.update({ view_id: slack.views[0]?.id ?? '', view: list('Findings, anew') });
    expect(await modal.getByLabel('Reason').inputValue()).toBe('We publish it.');
    await modal.getByRole('button', { name: 'Cancel' }).click();
    await modal.getByRole('heading', { name: 'Findings, anew' }).waitFor();
  });

  it('is used with the keyboard alone', async () => {
    await posted();
    app.work = async ({ payload: { type, trigger_id: trigger } }) => {
      if (type === 'block_actions')
        await clientOf(slack).views.open({ trigger_id: trigger, view: denyView() });
    };
    const { page, modal } = await opened();
    await page.getByRole('button', { name: 'Deny' }).focus();
    await page.keyboard.press('Enter');
    await modal.getByLabel('Reason').waitFor();
    await page.keyboard.press('Escape');
    await modal.waitFor({ state: 'hidden' });
    expect(slack.views[0]?.open).toBe(false);
    const focused = await page.evaluate('document.activeElement.textContent');
    expect(focused).toBe('Deny');
  });

  it('shows the last messages of many, and earlier ones where the person asks for them', async () => {
    const { chat } = clientOf(slack);
    const first = await chat.postMessage({ channel, text: 'Message 0' });
    for (let count = 1; count < 203; count += 1)
      await chat.postMessage({ channel, text: `Message ${count}` });
    const { page, message } = await opened();
    await message('Message 202').waitFor();
    const shown = page.locator('#messages > [data-ts]');
    expect(await shown.count()).toBe(200);
    await chat.update({ channel, ts: first.ts ?? '', text: 'Message 0 is fixed' });
    await chat.postMessage({ channel, text: 'The last one' });
    await message('The last one').waitFor();
    expect(await shown.count()).toBe(200);
    expect(await shown.last().innerText()).toContain('The last one');
    await page.getByRole('button', { name: 'Show earlier messages (4)' }).click();
    expect(await shown.count()).toBe(204);
    expect(await shown.first().innerText()).toContain('Message 0 is fixed');
  });

  it('takes away what is deleted', async () => {
    const ts = await posted();
    const { page, message } = await opened();
    await slack.click({ user: alice, channel, ts, actionId: 'staunch:approve' });
    const respond = (body: object) =>
      fetch(app.received[0]?.payload.response_url, {
        method: 'POST',
        headers: { 'content-type': 'application/json' },
        body: JSON.stringify(body),
      });
    await clientOf(slack).chat.postMessage({ channel, text: 'An answer', thread_ts: ts });
    await respond({ text: 'Bob was first.', thread_ts: ts });
    await page.getByRole('button', { name: '1 reply' }).click();
    await page.getByText('Bob was first.').waitFor();
    await page.keyboard.press('Escape');
    await page.getByRole('complementary').waitFor({ state: 'hidden' });
    expect(await page.evaluate('document.activeElement.textContent')).toBe('1 reply');
    await respond({ delete_original: true });
    await message('Anybody').waitFor({ state: 'detached' });
    await page.getByText('Nothing was posted here yet.').waitFor();
  });

  it('keeps the focus on a button while its message changes', async () => {
    const ts = await posted();
    const { page } = await opened();
    await page.getByRole('button', { name: 'Deny' }).focus();
    const blocks = waitingBlocks();
    blocks.splice(1, 1);
    await clientOf(slack).chat.update({ channel, ts, text: 'x', blocks });
    await page.getByText('Anybody on the internet').waitFor({ state: 'detached' });
    const focused = () => page.evaluate('document.activeElement.textContent');
    expect(await focused()).toBe('Deny');
  });

  it.each(['light', 'dark'] as const)('has no serious fault of accessibility, %s', async (colorScheme) => {
    const ts = await posted();
    const { chat } = clientOf(slack);
    const attachments = [{ color: '#2eb67d', blocks: waitingBlocks() }];
    await chat.postMessage({ channel, text: 'x', attachments });
    await chat.postMessage({ channel, text: 'An answer', thread_ts: ts });
    await chat.postEphemeral({ channel, user: alice, text: 'For you alone' });
    await clientOf(slack).filesUploadV2({
      channel_id: channel,
      filename: 'plan.json',
      content: '{}',
      initial_comment: 'The whole plan',
    });
    await posted('Unread', other.id);
    const { page, message } = await opened(alice, { colorScheme });
    await message('For you alone').waitFor();
    await page.getByRole('button', { name: '1 reply' }).click();
    await page.getByText('An answer').waitFor();
    expect(await seriousFaults(page)).toEqual([]);
    await keepScreenshot(page, `slack-${colorScheme}`);
  });

  it('makes no markup of any name or text, wherever it stands', async () => {
    slack.users.push({ id: 'U0HOSTILE01', name: hostile, team: slack.team });
    slack.groups.push({ id: 'S0HOSTILE01', handle: hostile, users: [] });
    slack.channels.push({ id: 'C0HOSTILE01', name: hostile });
    const short = hostile.slice(0, 70);
    const text = {
      type: 'mrkdwn' as const,
      text: `${hostile} <@U0HOSTILE01> <!subteam^S0HOSTILE01> <#C0HOSTILE01>`,
    };
    const links =
      '<javascript:hacked=1|click> <https://example.com/"onclick="hacked=1|x> <data:text/html,x|y>';
    const blocks = [
      { type: 'header' as const, text: plain(hostile) },
      {
        type: 'section' as const,
        text,
        accessory: { type: 'button' as const, text: plain(short), url: 'javascript:hacked=1' },
      },
      { type: 'section' as const, fields: [text, { ...text, text: links }] },
      { type: 'context' as const, elements: [text, plain(hostile)] },
      {
        type: 'actions' as const,
        elements: [
          {
            type: 'button' as const,
            action_id: hostile,
            text: plain('Open'),
            accessibility_label: `Open ${short}`,
            confirm: { title: plain(hostile.slice(0, 100)), text, confirm: plain('Sure'), deny: plain('No') },
          },
        ],
      },
    ];
    const { ts = '' } = await clientOf(slack).chat.postMessage({ channel, text: hostile, blocks });
    await clientOf(slack).chat.postMessage({ channel, text: `${hostile} ${links}`, thread_ts: ts });
    await clientOf(slack).chat.postMessage({
      channel,
      text: hostile,
      attachments: [{ color: 'danger', text: `${hostile} ${links}` }],
    });
    await clientOf(slack).chat.postEphemeral({ channel, user: alice, text: hostile });
    await clientOf(slack).filesUploadV2({
      channel_id: channel,
      filename: hostile,
      content: hostile,
      title: hostile,
    });
    const option = { text: plain(short), value: short };
    app.work = async ({ payload: { trigger_id: trigger } }) =>
      clientOf(slack).views.open({
        trigger_id: trigger,
        view: {
          type: 'modal',
          title: plain(hostile.slice(0, 24)),
          submit: plain(hostile.slice(0, 24)),
          blocks: [
            ...blocks.slice(0, 3),
            {
              type: 'input',
              block_id: hostile,
              label: plain(hostile),
              hint: plain(hostile),
              element: { type: 'static_select', options: [option], placeholder: plain(hostile) },
            },
            {
              type: 'input',
              block_id: 'text',
              label: plain(hostile),
              element: { type: 'plain_text_input', initial_value: hostile },
            },
          ],
        },
      });
    const { page, modal, complaints, strayRequests } = await opened();
    await page.getByRole('button', { name: '1 reply' }).click();
    await page
      .getByRole('button', { name: /^Open </ })
      .first()
      .click();
    await page.getByRole('button', { name: 'Sure' }).click();
    await modal.getByRole('heading').first().waitFor();
    await modal.getByRole('button').last().click();
    await keepScreenshot(page, 'slack-hostile');

    expect(await page.evaluate('globalThis.hacked')).toBeUndefined();
    expect(await page.locator('img, iframe, object, embed, svg, [onerror], [onclick]').count()).toBe(0);
    expect(await page.locator('script').count()).toBe(1);
    const hrefs = await page.locator('a').evaluateAll((all) => all.map((each) => each.getAttribute('href')));
    expect(hrefs.filter((href) => !/^(https:\/\/example\.com\/|\/files\/F\w+$)/.test(href ?? ''))).toEqual(
      [],
    );
    expect(await page.locator('bdi', { hasText: '<img src=x' }).count()).toBeGreaterThan(0);
    expect(complaints).toEqual([]);
    expect(strayRequests).toEqual([]);
  });

  it('has the stand-in fail where the person asks for that', async () => {
    const { page } = await opened();
    await page.getByLabel('Slack answers').selectOption('channel archived');
    await expect.poll(() => slack.outage).toEqual({ error: 'is_archived' });
    await expect(posted()).rejects.toMatchObject({ data: { error: 'is_archived' } });
    slack.fail(undefined);
    await expect.poll(() => page.getByLabel('Slack answers').inputValue()).toBe('as it should');
    await posted();
    await page.getByRole('button', { name: 'Approve' }).waitFor();
  });
});
