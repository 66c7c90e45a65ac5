import { request } from 'node:http';
import { outageChoices } from '../../../../sandbox/slack/page/outage-choices';
import type { PageEvent } from '../../../../sandbox/slack/page/protocol';
import { type SlackPage, servePage } from '../../../../sandbox/slack/page/server';
import type { SlackStandIn } from '../../../../sandbox/slack/slack';
import { actions, alice, bob, button, channel, clientOf, startStandIn } from '../support/stand-in';

let slack: SlackStandIn;
let page: SlackPage;

beforeEach(async () => {
  slack = await startStandIn({ limits: 'none' });
  page = await servePage(slack);
});
afterEach(() => Promise.all([page.stop(), slack.stop()]));

const json = { 'content-type': 'application/json' };

function post(path: string, body: unknown, headers: Record<string, string> = json): Promise<Response> {
  return fetch(new URL(path, page.url), { method: 'POST', headers, body: JSON.stringify(body) });
}

/** The status of a request under another name than the page's. */
function statusFor(host: string): Promise<number | undefined> {
  return new Promise((resolve, reject) => {
    const asked = request(page.url, { headers: { host } }, (response) => {
      response.resume();
      resolve(response.statusCode);
    });
    asked.on('error', reject).end();
  });
}

describe('the server of the page', () => {
  it('lets the page load what it serves itself, and make markup of nothing', async () => {
    for (const path of ['', 'page.js', 'page.css']) {
      const answer = await fetch(page.url + path);
      expect(answer.status).toBe(200);
      const policy = answer.headers.get('content-security-policy');
      expect(policy).toContain("default-src 'none'");
      expect(policy).toContain("require-trusted-types-for 'script'");
      expect(policy).not.toContain('unsafe');
    }
    expect((await fetch(`${page.url}other`)).status).toBe(404);
  });

  it('answers this machine’s browser alone, and its own page', async () => {
    expect(page.url).toMatch(/^http:\/\/127\.0\.0\.1:\d+\/$/);
    expect(await statusFor('rebound.example')).toBe(403);
    const foreign = await post('/outage', { outage: 'nothing' }, { ...json, origin: 'https://evil.example' });
    expect(foreign.status).toBe(403);
    // What a form of another site can send.
    expect((await post('/outage', { outage: 'nothing' }, { 'content-type': 'text/plain' })).status).toBe(415);
    expect(slack.outage).toBeUndefined();
  });

  it('tells a user what he sees, and what changes of it', async () => {
    await clientOf(slack).chat.postMessage({ channel, text: 'before' });
    await clientOf(slack).chat.postEphemeral({ channel, user: bob, text: 'for Bob' });
    const events = eventsOf(alice);
    const first = await events.next();
    expect(first.value).toMatchObject({ kind: 'workspace', messages: [{ text: 'before' }], ephemerals: [] });
    await clientOf(slack).chat.postEphemeral({ channel, user: bob, text: 'for Bob too' });
    const { ts = '' } = await clientOf(slack).chat.postMessage({ channel, text: 'after' });
    expect((await events.next()).value).toMatchObject({ kind: 'message', message: { ts, text: 'after' } });
    await clientOf(slack).chat.update({ channel, ts, text: 'edited' });
    expect((await events.next()).value).toMatchObject({ kind: 'message', message: { ts, edited: true } });
    slack.fail('server-error');
    expect((await events.next()).value).toEqual({ kind: 'outage', outage: 'server error (500)' });
    await events.return();
  });

  it('says what the page asked for in vain', async () => {
    const blocks = [actions(button('approve'))];
    const { ts } = await clientOf(slack).chat.postMessage({ channel, text: 'x', blocks });
    const click = await post('/click', { user: alice, channel, ts, actionId: 'approve' });
    expect(await click.json()).toEqual({ problem: expect.stringContaining('no request URL') });
    expect(await (await post('/click', { whatever: 1 })).json()).toEqual({
      problem: 'The page asked for something that there is not.',
    });
    expect((await post('/nothing', {})).status).toBe(404);
  });

  it('hands a file out to be saved, whatever it is called', async () => {
    const name = 'a"b\r\nx: y\ud800\u202e.html';
    await clientOf(slack).filesUploadV2({ channel_id: channel, filename: name, content: '<script>' });
    const answer = await fetch(`${page.url}files/${slack.files[0]?.id}`);
    expect(answer.headers.get('content-type')).toBe('application/octet-stream');
    expect(answer.headers.get('content-disposition')).toMatch(/^attachment; filename\*=UTF-8''[\w%.-]+$/);
    expect(await answer.text()).toBe('<script>');
  });

  it('has an outage begin and end by its name', async () => {
    for (const [name, outage] of Object.entries(outageChoices)) {
      await post('/outage', { outage: name });
      expect(slack.outage).toEqual(outage);
    }
  });
});

/** What the page is told, one after the other. */
async function* eventsOf(user: string): AsyncGenerator<PageEvent, void> {
  const controller = new AbortController();
  try {
    const { body } = await fetch(`${page.url}events?user=${user}`, { signal: controller.signal });
    let rest = '';
    for await (const chunk of body ?? []) {
      const parts = (rest + Buffer.from(chunk).toString('utf8')).split('\n\n');
      rest = parts.pop() ?? '';
      for (const part of parts) yield JSON.parse(part.replace(/^data: /, ''));
    }
  } finally {
    controller.abort();
  }
}
