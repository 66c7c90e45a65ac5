import fc from 'fast-check';
import { orderKeyPattern } from '../../../core/order';
import type { SlackAction } from '../../../core/slack-action';
import { actionMessageSchema } from '../../../hub-functions/slack/action-message';
import { fieldIds, type ModalView } from '../../../hub-functions/slack/forms';
import {
  app,
  card,
  channel,
  clickOf,
  FrontWorld,
  finding,
  responseUrl,
  submissionOf,
  team,
  user,
} from './support/front-world';

const occurrence = { finding, occurrence: 1 };
const retry: SlackAction = { order: 'retry', ...occurrence };
const approve: SlackAction = { order: 'approve', ...occurrence, plan: 'abc' };
const deny: SlackAction = { order: 'deny', ...occurrence, plan: 'abc' };
const undo: SlackAction = { order: 'undo', ...occurrence };
const exempt: SlackAction = { order: 'exempt', ...occurrence };
const lossy: SlackAction = { order: 'approve', ...occurrence, plan: 'abc.def', lossy: true };
const breakGlass: SlackAction = { order: 'approve', ...occurrence, plan: 'abc', breakGlass: true };

let world: FrontWorld;
beforeEach(() => {
  world = new FrontWorld();
});

const viewIn = (index = 0) => world.calls[index]?.parameters.view as ModalView;

describe('a request', () => {
  it('that Slack has signed is handed on, and nothing else is done', async () => {
    expect(await world.click(approve)).toEqual({ status: 200 });
    expect(world.calls).toEqual([]);
    expect(world.responses).toEqual([]);
    expect(world.sent).toEqual([
      {
        version: 1,
        team,
        user,
        at: '2026-11-27T12:00:00.000Z',
        kind: 'decide',
        action: approve,
        card,
        channel,
        responseUrl,
        key: expect.stringMatching(orderKeyPattern),
      },
    ]);
    expect(actionMessageSchema.parse(world.sent[0])).toEqual(world.sent[0]);
  });

  it('may have its body in base64, and its headers in small letters', async () => {
    const { headers, body, ...request } = world.payload(clickOf(retry));
    const small = Object.fromEntries(Object.entries(headers ?? {}).map(([k, v]) => [k.toLowerCase(), v]));
    const encoded = Buffer.from(body ?? '').toString('base64');
    const reply = await world.front.answer({
      ...request,
      headers: small,
      body: encoded,
      isBase64Encoded: true,
    });
    expect(reply.status).toBe(200);
    expect(world.sent).toHaveLength(1);
  });

  const signedByStranger = () => world.payload(clickOf(approve), { secret: 'stranger' });
  it.each<[string, () => ReturnType<FrontWorld['signed']>, number, RegExp]>([
    ['forged', signedByStranger, 401, /signature mismatch/],
    ['old', () => world.payload(clickOf(approve), { at: world.now - 301_000 }), 401, /timestamp/],
    [
      'from the future',
      () => world.payload(clickOf(approve), { at: world.now + 302_000 }),
      401,
      /lies ahead/,
    ],
    ['not signed', () => ({ ...world.payload(clickOf(approve)), headers: {} }), 401, /not signed/],
    ['without headers', () => ({ ...world.payload(clickOf(approve)), headers: null }), 401, /not signed/],
    ['altered', () => ({ ...world.payload(clickOf(approve)), body: 'payload=%7B%7D' }), 401, /mismatch/],
    ['without a body', () => ({ ...world.payload(clickOf(approve)), body: null }), 401, /no body/],
    ['oversized', () => world.signed('x'.repeat(1_000_001)), 401, /1000001 characters/],
    [
      'signed twice',
      () => {
        const request = world.payload(clickOf(approve));
        return { ...request, headers: { ...request.headers, 'x-slack-signature': 'v0=1' } };
      },
      401,
      /not signed/,
    ],
    [
      'of a time that is none',
      () => {
        const request = world.payload(clickOf(approve));
        return { ...request, headers: { ...request.headers, 'X-Slack-Request-Timestamp': 'NaN' } };
      },
      401,
      /time is none/,
    ],
    [
      'of another version',
      () => {
        const request = world.payload(clickOf(approve));
        return { ...request, headers: { ...request.headers, 'X-Slack-Signature': `v1=${'0'.repeat(64)}` } };
      },
      401,
      /another form/,
    ],
    [
      'of another workspace',
      () => world.payload(clickOf(approve, { team: { id: 'T9999999999' } })),
      403,
      /T9999999999/,
    ],
    [
      'of another app',
      () => world.payload(clickOf(approve, { api_app_id: 'A9999999999' })),
      403,
      /A9999999999/,
    ],
    [
      'of a user of another workspace',
      () => world.payload(clickOf(approve, { user: { id: 'U0GUEST0001', team_id: 'T9999999999' } })),
      403,
      /U0GUEST0001 is of the workspace T9999999999/,
    ],
    ['that is no form', () => world.signed('{"type":"block_actions"}'), 400, /cannot be understood/],
    ['of half a payload', () => world.payload({ type: 'block_actions' }), 400, /cannot be understood/],
  ])('that is %s is refused, logged, and does nothing', async (_what, request, status, why) => {
    expect(await world.front.answer(request())).toEqual({ status });
    expect(world.sent).toEqual([]);
    expect(world.calls).toEqual([]);
    expect([...world.items]).toEqual([]);
    expect(world.why()).toEqual([expect.stringMatching(why)]);
    expect(JSON.stringify(world.logged)).not.toContain(world.signingSecret);
  });

  it('that comes again is refused: by the same process, by another one, and two at once', async () => {
    const request = world.payload(clickOf(approve));
    const both = await Promise.all([world.front.answer(request), world.process().answer(request)]);
    expect(both.map(({ status }) => status).sort()).toEqual([200, 409]);
    expect((await world.front.answer(request)).status).toBe(409);
    expect(world.sent).toHaveLength(1);
    expect(world.why()).toEqual(['it was taken before', 'it was taken before']);
  });

  it('of which nothing came may come again', async () => {
    const request = world.payload(clickOf(approve));
    world.isQueueDown = true;
    expect((await world.front.answer(request)).status).toBe(500);
    world.isQueueDown = false;
    expect((await world.front.answer(request)).status).toBe(200);
    expect(world.sent).toHaveLength(1);
  });

  it('that Slack repeats with another signature gives an order of the same key', async () => {
    await world.click(approve);
    world.now += 3_000;
    await world.click(approve);
    expect(world.sent).toHaveLength(2);
    expect(new Set(world.sent.map((message) => 'key' in message && message.key)).size).toBe(1);
  });

  it('of another click has another key: of another person, message, button or moment', async () => {
    const actions = [
      { action_id: 'staunch:retry', value: JSON.stringify({ ...retry, card }), action_ts: '2' },
    ];
    await world.click(retry);
    await world.click(retry, { user: { id: 'U0BOB00001', team_id: team } });
    await world.click(retry, { container: { message_ts: '1700000000.000101', channel_id: channel } });
    await world.click(retry, { actions });
    expect(new Set(world.sent.map((message) => 'key' in message && message.key)).size).toBe(4);
  });

  it('of a type that Staunch does nothing about is answered, and does nothing', async () => {
    const reply = await world.front.answer(world.payload({ type: 'view_closed', view: {} }));
    expect(reply).toEqual({ status: 200 });
    expect(world.sent).toEqual([]);
  });

  it.each<[string, object]>([
    ['another app’s', { action_id: 'other', value: JSON.stringify({ ...retry, card }) }],
    ['nothing', { action_id: 'staunch:retry' }],
    ['no JSON', { action_id: 'staunch:retry', value: '{' }],
    ['an order that no button gives', { action_id: 'staunch:pause', value: '{"order":"pause","card":"c"}' }],
  ])('whose button carries %s does nothing, and is logged', async (_what, action) => {
    expect((await world.click(retry, { actions: [action] })).status).toBe(200);
    expect(world.sent).toEqual([]);
    expect(world.why()).toEqual(['A button carries nothing that is understood']);
  });
});

describe('the signing secret', () => {
  it('rotates without a deployment: a signature that does not match has it read again', async () => {
    expect((await world.click(retry)).status).toBe(200);
    world.signingSecret = 'f0e1d2c3b4a5968778695a4b3c2d1e0f';
    world.kept = world.signingSecret;
    world.now += 31_000;
    expect((await world.click(approve)).status).toBe(200);
    expect(world.secretReads).toBe(2);
  });

  it('is read no more than every half a minute, however many forgeries come', async () => {
    await world.click(retry);
    for (let second = 0; second < 60; second += 1) {
      world.now += 1_000;
      await world.front.answer(world.payload(clickOf(approve), { secret: 'stranger' }));
    }
    expect(world.secretReads).toBe(3);
    expect(world.sent).toHaveLength(1);
  });

  it.each(['', '  ', '{"set":"Put the signing secret of the Slack app here.","random":"x"}'])(
    'that was never set (%j) lets nobody in, not even who knows it',
    async (kept) => {
      world.kept = kept;
      const reply = await world.front.answer(world.payload(clickOf(approve), { secret: kept || 'x' }));
      expect(reply.status).toBe(500);
      expect(world.sent).toEqual([]);
      expect(JSON.stringify(world.logged)).toContain('was never set');
    },
  );
});

describe('a form', () => {
  it.each<[SlackAction, string, string[]]>([
    [deny, 'Deny the fix', [fieldIds.reason]],
    [exempt, 'Exempt the resource', [fieldIds.reason, fieldIds.until]],
    [undo, 'Undo the fix', [fieldIds.reason, fieldIds.until]],
    [lossy, 'Approve a lossy fix', [fieldIds.reason]],
    [breakGlass, 'Approve by break-glass', [fieldIds.reason]],
    [{ ...breakGlass, lossy: true }, 'Approve by break-glass', [fieldIds.reason]],
  ])('is opened at once for $order', async (action, title, fields) => {
    expect((await world.click(action)).status).toBe(200);
    expect(world.calls).toMatchObject([{ method: 'views.open', parameters: { trigger_id: 'trigger-1' } }]);
    const view = viewIn();
    expect(view.title).toMatchObject({ text: title });
    expect(JSON.stringify(view.title).length).toBeLessThan(100);
    expect(title.length).toBeLessThanOrEqual(24);
    expect(view.blocks.flatMap((block) => ('block_id' in block ? [block.block_id] : []))).toEqual(fields);
    expect(JSON.stringify(view.blocks)).toContain(
      '333333333333#eu-west-1#s3-public-access#payments-reports#1',
    );
    // What goes with a lossy fix is looked up by the other function.
    expect(world.sent.map(({ kind }) => kind)).toEqual('lossy' in action ? ['fill'] : []);
  });

  it('proposes an end: a week for an undo, a month for an exemption', async () => {
    await world.click(undo);
    await world.click(exempt, { message: {}, container: { message_ts: '2', channel_id: channel } });
    const ends = [0, 1].map((index) => JSON.stringify(viewIn(index)).match(/"initial_date_time":(\d+)/)?.[1]);
    expect(ends.map((end) => (Number(end) * 1_000 - world.now) / 86_400_000)).toEqual([7, 30]);
  });

  const sendOff = async (action: SlackAction, reason: string | null, until?: number | null) => {
    await world.click(action);
    const { callback_id, private_metadata } = viewIn();
    const values = {
      [fieldIds.reason]: { [fieldIds.reason]: { type: 'plain_text_input', value: reason } },
      ...(until !== undefined && {
        [fieldIds.until]: { [fieldIds.until]: { type: 'datetimepicker', selected_date_time: until } },
      }),
    };
    return world.front.answer(world.payload(submissionOf({ callback_id, private_metadata }, values)));
  };

  it('that is sent off gives the order, with what was said in it, and to the channel where it began', async () => {
    const until = world.now / 1_000 + 3_600;
    expect(await sendOff(undo, '  needed for the audit ', until)).toEqual({ status: 200 });
    expect(world.sent).toEqual([
      {
        version: 1,
        team,
        user,
        at: '2026-11-27T12:00:00.000Z',
        kind: 'decide',
        action: undo,
        card,
        channel,
        responseUrl,
        reason: 'needed for the audit',
        until: '2026-11-27T13:00:00.000Z',
        key: expect.stringMatching(orderKeyPattern),
      },
    ]);
  });

  it('that Slack repeats gives an order of the same key', async () => {
    await sendOff(deny, 'it is meant to be');
    world.now += 2_000;
    const { callback_id, private_metadata } = viewIn();
    const values = { [fieldIds.reason]: { [fieldIds.reason]: { value: 'it is meant to be' } } };
    await world.front.answer(world.payload(submissionOf({ callback_id, private_metadata }, values)));
    expect(world.sent).toHaveLength(2);
    expect(new Set(world.sent.map((message) => 'key' in message && message.key)).size).toBe(1);
  });

  it('of a lossy approval takes no reason', async () => {
    expect(await sendOff(lossy, null)).toEqual({ status: 200 });
    expect(world.sent.at(-1)).toMatchObject({ kind: 'decide', action: lossy });
    expect(world.sent.at(-1)).not.toHaveProperty('reason');
  });

  it('of break-glass says why, and gives the order with that', async () => {
    expect(await sendOff(breakGlass, 'Nobody else is awake.')).toEqual({ status: 200 });
    const view = viewIn();
    expect(JSON.stringify(view.blocks)).toContain('Everybody is told');
    expect(JSON.stringify(view.blocks)).toContain('"optional":false');
    expect(world.sent).toMatchObject([
      { kind: 'decide', action: breakGlass, reason: 'Nobody else is awake.' },
    ]);
  });

  it.each<[string, SlackAction, string | null, (now: number) => number | null | undefined, string]>([
    ['no reason of break-glass', breakGlass, null, () => undefined, fieldIds.reason],
    ['no reason', deny, null, () => undefined, fieldIds.reason],
    ['an empty reason', deny, ' \n ', () => undefined, fieldIds.reason],
    ['a reason that is too long', deny, 'x'.repeat(501), () => undefined, fieldIds.reason],
    ['half a character', deny, '\ud800', () => undefined, fieldIds.reason],
    ['no end', undo, 'why', () => null, fieldIds.until],
    ['an end that has passed', undo, 'why', (now) => now / 1_000 - 60, fieldIds.until],
    ['an end too far ahead', exempt, 'why', (now) => now / 1_000 + 400 * 86_400, fieldIds.until],
  ])('with %s is shown again, with what would be right', async (_what, action, reason, until, field) => {
    const reply = await sendOff(action, reason, until(world.now));
    expect(reply).toEqual({
      status: 200,
      body: { response_action: 'errors', errors: { [field]: expect.any(String) } },
    });
    expect(world.sent).toEqual([]);
  });

  it('that is none of Staunch’s does nothing', async () => {
    for (const private_metadata of [
      '',
      '{}',
      '{"value":"x"}',
      JSON.stringify({ value: JSON.stringify({ ...retry, card }) }),
    ]) {
      const form = submissionOf({ callback_id: 'staunch:deny', private_metadata }, {});
      expect(await world.front.answer(world.payload(form))).toEqual({ status: 200 });
    }
    expect(world.sent).toEqual([]);
  });

  it('that Slack does not open is told to who clicked, and nothing is done', async () => {
    world.viewsError = 'expired_trigger_id';
    expect((await world.click(deny)).status).toBe(200);
    expect(world.responses).toEqual([
      {
        url: responseUrl,
        message: {
          response_type: 'ephemeral',
          replace_original: false,
          text: 'Slack did not open the form, so nothing was done. Click again.',
        },
      },
    ]);
    expect(world.sent).toEqual([]);
  });
});

describe('a list', () => {
  const list: SlackAction = { order: 'list', card };

  it('is opened at once, and filled by the other function', async () => {
    await world.click(list);
    expect(world.calls.map(({ method }) => method)).toEqual(['views.open']);
    expect(world.sent).toMatchObject([
      { kind: 'fill', view: 'V0VIEW00001', action: list, channel, responseUrl },
    ]);
  });

  it('turns its page in the same view; a form lies on it, and a decision has it shown anew', async () => {
    const private_metadata = JSON.stringify({ channel, responseUrl, list: { card, page: 2 } });
    const inView = {
      container: { type: 'view', view_id: 'V0LIST00001' },
      response_url: undefined,
      view: { private_metadata },
    };
    await world.click({ order: 'list', card, page: 3 }, inView);
    expect(world.calls).toEqual([]);
    expect(world.sent).toMatchObject([{ kind: 'fill', view: 'V0LIST00001', channel, responseUrl }]);
    await world.click(deny, inView);
    expect(world.calls).toMatchObject([{ method: 'views.push', parameters: { trigger_id: 'trigger-1' } }]);
    const { callback_id, private_metadata: kept } = viewIn();
    const values = { [fieldIds.reason]: { [fieldIds.reason]: { value: 'No.' } } };
    const form = submissionOf({ callback_id, private_metadata: kept }, values);
    const below = { ...form, view: { ...form.view, previous_view_id: 'V0LIST00001' } };
    await world.front.answer(world.payload(below));
    expect(world.sent.at(-1)).toMatchObject({
      kind: 'decide',
      action: deny,
      listed: { view: 'V0LIST00001', card, page: 2 },
    });
    await world.click(retry, inView);
    expect(world.sent.at(-1)).toMatchObject({
      kind: 'decide',
      channel,
      responseUrl,
      listed: { view: 'V0LIST00001', card, page: 2 },
    });
  });
});

describe('whatever else comes', () => {
  const like = fc.record(
    {
      type: fc.constantFrom<unknown>('block_actions', 'view_submission', 'view_closed', 7, null),
      api_app_id: fc.oneof(fc.constant(app), fc.anything()),
      team: fc.oneof(fc.constant({ id: team }), fc.anything()),
      user: fc.oneof(fc.constant({ id: user, team_id: team }), fc.anything()),
      container: fc.oneof(fc.constant({ message_ts: '1', channel_id: channel }), fc.anything()),
      actions: fc.oneof(
        fc.array(
          fc.record({
            action_id: fc.constantFrom('staunch:retry', 'x'),
            value: fc.oneof(
              fc.constantFrom(JSON.stringify({ ...retry, card }), JSON.stringify({ ...deny, card })),
              fc.json(),
              fc.string({ unit: 'binary' }),
            ),
          }),
        ),
        fc.anything(),
      ),
      view: fc.oneof(
        fc.record({
          id: fc.constant('V1'),
          callback_id: fc.string(),
          private_metadata: fc.oneof(fc.json(), fc.string()),
          state: fc.record({ values: fc.anything() }),
        }),
        fc.anything(),
      ),
    },
    { requiredKeys: [] },
  );
  const text = fc.oneof(
    fc.string({ unit: 'binary' }),
    like.map((value) => new URLSearchParams({ payload: JSON.stringify(value) ?? '' }).toString()),
    like.map((value) => `payload=${(JSON.stringify(value) ?? '').slice(1)}`),
    fc.constantFrom('payload', 'payload=', 'payload=null', 'payload=[]', '%', '\u0000', '&&&='),
  );

  it('is answered, ten thousand times, and nothing that is not signed does anything', async () => {
    let counted = 0;
    await fc.assert(
      fc.asyncProperty(text, fc.boolean(), fc.boolean(), async (body, isSigned, isBase64Encoded) => {
        const before = world.sent.length;
        const { headers } = isSigned ? world.signed(body) : world.signed(body, { secret: 'stranger' });
        const { status } = await world.front.answer({
          ...(headers && { headers }),
          body: isBase64Encoded ? Buffer.from(body).toString('base64') : body,
          isBase64Encoded,
        });
        counted += 1;
        expect([200, 400, 401, 403, 409]).toContain(status);
        if (!isSigned) expect({ status, sent: world.sent.length }).toEqual({ status: 401, sent: before });
        for (const message of world.sent.slice(before)) actionMessageSchema.parse(message);
      }),
      { numRuns: 10_000, seed: 16 },
    );
    expect(counted).toBe(10_000);
    expect(world.logged.filter(({ level }) => level === 'error')).toEqual([]);
  }, 120_000);

  it('may nest as deep as it likes', async () => {
    const deep = `payload=${'%5B'.repeat(100_000)}`;
    expect((await world.front.answer(world.signed(deep))).status).toBe(400);
  });
});
