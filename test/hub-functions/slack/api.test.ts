import { SlackApi, SlackRefusalError, SlackUnavailableError } from '../../../hub-functions/slack/api';

/** Slack with one answer after the other; the last one stays. */
function slackWith(...answers: (Response | Error)[]) {
  const sent: { url: string; init: RequestInit }[] = [];
  const tokens = { reads: 0, refreshes: 0 };
  const api = new SlackApi({
    token: {
      get: async () => {
        tokens.reads += 1;
        return 'xoxb-old';
      },
      refresh: async () => {
        tokens.refreshes += 1;
        return 'xoxb-new';
      },
    },
    fetch: async (url, init) => {
      sent.push({ url: String(url), init: init ?? {} });
      const answer = (answers.length > 1 ? answers.shift() : answers[0]) ?? new Error('no answer');
      if (answer instanceof Error) throw answer;
      return answer.clone();
    },
    timeout: 1_000,
  });
  return { api, sent, tokens };
}

const json = (body: object, status = 200) => new Response(JSON.stringify(body), { status });
const url = 'https://hooks.slack.com/actions/T1/2/secret';

describe("a call of Slack's Web API", () => {
  it('is a form, structured values as JSON, and nothing of what is undefined', async () => {
    const { api, sent } = slackWith(json({ ok: true, view: { id: 'V1' } }));
    const parameters = { trigger_id: 't 1', view: { type: 'modal' }, left: undefined };
    expect(await api.call('views.open', parameters)).toEqual({ ok: true, view: { id: 'V1' } });
    expect(sent).toMatchObject([
      {
        url: 'https://slack.com/api/views.open',
        init: {
          method: 'POST',
          redirect: 'error',
          headers: { authorization: 'Bearer xoxb-old' },
          body: 'trigger_id=t+1&view=%7B%22type%22%3A%22modal%22%7D',
        },
      },
    ]);
  });

  it('is made again with a token that was rotated, once', async () => {
    const { api, sent, tokens } = slackWith(json({ ok: false, error: 'token_revoked' }), json({ ok: true }));
    await api.call('users.info', { user: 'U1' });
    expect(tokens).toEqual({ reads: 1, refreshes: 1 });
    expect(sent[1]?.init.headers).toMatchObject({ authorization: 'Bearer xoxb-new' });
    const revoked = slackWith(json({ ok: false, error: 'invalid_auth' }));
    await expect(revoked.api.call('users.info', {})).rejects.toThrow(SlackRefusalError);
    expect(revoked.sent).toHaveLength(2);
  });

  it('that Slack refuses says why, and is not tried again', async () => {
    const { api, sent } = slackWith(json({ ok: false, error: 'user_not_found' }));
    await expect(api.call('users.info', { user: 'U1' })).rejects.toMatchObject({ code: 'user_not_found' });
    expect(sent).toHaveLength(1);
  });

  it.each<[string, Response | Error]>([
    ['limits the rate', json({ ok: false, error: 'ratelimited' }, 429)],
    ['limits the rate in words', json({ ok: false, error: 'ratelimited' })],
    ['fails', new Response('', { status: 503 })],
    ['fails in words', json({ ok: false, error: 'internal_error' })],
    ['answers no JSON', new Response('<html>')],
    ['answers something else', json([])],
    ['cannot be reached', new TypeError('fetch failed')],
    ['takes too long', new DOMException('late', 'TimeoutError')],
  ])('may succeed later where Slack %s', async (_what, answer) => {
    const { api } = slackWith(answer);
    await expect(api.call('users.info', {})).rejects.toThrow(SlackUnavailableError);
  });
});

describe('an answer to a click', () => {
  it('goes to the address that Slack gave, without the token', async () => {
    const { api, sent } = slackWith(new Response('ok'));
    await api.respond(url, { text: 'x' });
    expect(sent).toMatchObject([{ url, init: { body: '{"text":"x"}' } }]);
    expect(JSON.stringify(sent)).not.toContain('xoxb');
  });

  it('is refused where the address is used up, and no error names it', async () => {
    await expect(slackWith(new Response('', { status: 404 })).api.respond(url, {})).rejects.toMatchObject({
      code: 'status_404',
    });
    for (const answer of [new TypeError(`failed at ${url}`), new Response('', { status: 500 })]) {
      const failed = slackWith(answer).api.respond(url, {});
      await expect(failed).rejects.toThrow(SlackUnavailableError);
      await expect(failed).rejects.not.toThrow('secret');
    }
  });
});
