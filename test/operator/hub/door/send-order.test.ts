import type { OrderRequest } from '../../../../core/order';
import { DoorError } from '../../../../operator/hub/door/door-error';
import { RefusedOrderError } from '../../../../operator/hub/door/refused-order';
import { sendOrder } from '../../../../operator/hub/door/send-order';
import type { HttpAnswer } from '../../../../operator/hub/door/signed-posts';
import { UnconfirmedOrderError } from '../../../../operator/hub/door/unconfirmed-order';

const key = '00000000-0000-4000-8000-000000000001';
const order: OrderRequest = { version: 2, key, order: 'pause', scope: 'organization', reason: 'A test' };
const question: OrderRequest = { version: 2, key, order: 'whoami' };
const done = { version: 2 as const, done: true, text: 'Paused.' };
const working = http(202, { version: 2, key, working: true });

function http(status: number, body: unknown, headers: Record<string, string> = {}): HttpAnswer {
  return { status, headers, body: typeof body === 'string' ? body : JSON.stringify(body) };
}

function failing(code: string | undefined, name = 'Error'): Error {
  return Object.assign(new Error(`${code} happened`), { name, ...(code && { code }) });
}

/** Sends an order to somebody who answers so, one after another, and the last for ever. */
async function sending(answers: readonly (HttpAnswer | Error)[], asked = order) {
  const bodies: string[] = [];
  const pauses: number[] = [];
  const end = await sendOrder(asked, {
    post: async (body) => {
      const answer = answers[Math.min(bodies.length, answers.length - 1)];
      bodies.push(body);
      if (answer === undefined || answer instanceof Error) throw answer;
      return answer;
    },
    now: () => pauses.reduce((sum, pause) => sum + pause, 0),
    waiting: { pause: async (milliseconds) => void pauses.push(milliseconds), random: () => 0.999 },
  }).catch((error: unknown) => error);
  return { end, bodies, pauses };
}

describe('an order at the door', () => {
  it('has its answer, also where nothing was done', async () => {
    expect(await sending([http(200, done)])).toMatchObject({ end: done, bodies: [JSON.stringify(order)] });
    const undone = { ...done, done: false };
    expect((await sending([http(200, undone)])).end).toEqual(undone);
  });

  it.each<[string, (HttpAnswer | Error)[]]>([
    ['while it is worked on', [working, working]],
    ['when the connection broke', [failing('ECONNRESET')]],
    ['when the answer did not come in time', [failing('ETIMEDOUT', 'TimeoutError')]],
    ['when there was no connection', [failing('ECONNREFUSED'), failing(undefined, 'TimeoutError')]],
    ['when the hub could not take it', [http(503, { ...done, done: false, text: 'Later.' })]],
    ['when API Gateway gave up', [http(504, { message: 'Endpoint request timed out' }), http(502, '<html>')]],
    [
      'when there were too many',
      [http(429, { message: 'Too Many Requests' }), http(429, { ...done, done: false })],
    ],
  ])('is sent again as it is, with pauses that grow, %s', async (_, before) => {
    const { end, bodies, pauses } = await sending([...before, http(200, done)]);

    expect(end).toEqual(done);
    expect(new Set(bodies)).toEqual(new Set([JSON.stringify(order)]));
    expect(bodies).toHaveLength(before.length + 1);
    expect(pauses).toEqual([500, 1000].slice(0, before.length));
  });

  it.each([400, 403, 409])('is refused by the hub, in its own words, with the status %i', async (status) => {
    const answer = { ...done, done: false, text: 'The right pause is missing.\u001b[2J' };
    const { end, bodies } = await sending([http(status, answer)]);

    expect(end).toBeInstanceOf(RefusedOrderError);
    expect(end).toMatchObject({ message: 'The right pause is missing.' });
    expect(bodies).toHaveLength(1);
  });

  it.each([
    [403, { 'x-amzn-errortype': 'ExpiredTokenException:http://internal' }, 'ExpiredTokenException'],
    [403, {}, 'AccessDeniedException'],
    [400, { 'x-amzn-errortype': 'BadRequestException' }, 'BadRequestException'],
    [413, {}, 'status 413'],
  ])('is stopped by AWS, with the status %i and %j', async (status, headers, code) => {
    const { end, bodies } = await sending([http(status, { message: 'Not so.' }, headers)]);

    expect(end).toBeInstanceOf(DoorError);
    expect(end).toMatchObject({ name: code, message: 'Not so.', $metadata: { httpStatusCode: status } });
    expect(bodies).toHaveLength(1);
  });

  it.each([
    ['no JSON', http(200, '<html>')],
    ['nothing', http(200, '')],
    ['another version', http(200, { ...done, version: 1 })],
    ['a redirection', http(302, '')],
    ['a page that is not there', http(404, '<html>')],
    ['work on what nobody knows', http(202, {})],
  ])('is not taken for done when the answer is %s', async (_, answer) => {
    const { end, bodies } = await sending([answer]);

    expect(end).toBeInstanceOf(UnconfirmedOrderError);
    expect(end).toMatchObject({
      order,
      message: expect.stringMatching(/cannot be understood.*same version/),
    });
    expect(bodies).toHaveLength(1);
  });

  it('is unconfirmed where it was worked on until nobody waits any longer', async () => {
    const { end, pauses } = await sending([working]);

    expect(end).toBeInstanceOf(UnconfirmedOrderError);
    expect(end).toMatchObject({ message: expect.stringMatching(`still works on it. Its key is ${key}`) });
    const waited = pauses.reduce((sum, pause) => sum + pause, 0);
    // As long as the coordinator's 180 seconds, twice; and not for ever.
    expect(waited).toBeGreaterThan(360_000);
    expect(waited).toBeLessThan(400_000);
  });

  it('is unconfirmed where credentials expire, or a connection is lost, after it may have arrived', async () => {
    const expired = http(403, { message: 'Expired.' }, { 'x-amzn-errortype': 'ExpiredTokenException' });
    for (const last of [expired, failing(undefined, 'CredentialsProviderError'), failing('ECONNREFUSED')])
      expect((await sending([working, last])).end).toBeInstanceOf(UnconfirmedOrderError);
  });

  it.each([
    ['every answer is lost', failing('ECONNRESET')],
    ['the connection always breaks', failing('EPIPE')],
    ['no answer comes in time', failing('ETIMEDOUT', 'TimeoutError')],
    ['the hub never can', http(503, { message: 'Service Unavailable' })],
  ])('is unconfirmed where %s: it may have arrived', async (_, answer) => {
    expect((await sending([answer])).end).toBeInstanceOf(UnconfirmedOrderError);
  });

  it('is known not to be there where there were always too many', async () => {
    expect((await sending([http(429, { message: 'Too Many Requests' })])).end).toBeInstanceOf(DoorError);
  });

  it('is known not to be there where nothing was ever reached, and that soon', async () => {
    for (const error of [failing('ENOTFOUND'), failing(undefined, 'TimeoutError')]) {
      const { end, bodies } = await sending([error]);
      expect(end).toBe(error);
      expect(bodies).toHaveLength(4);
    }
  });

  it('is not sent again without credentials', async () => {
    const error = failing(undefined, 'CredentialsProviderError');

    expect(await sending([error])).toMatchObject({ end: error, bodies: [JSON.stringify(order)] });
  });

  it('is never unconfirmed where it would change nothing', async () => {
    const { end } = await sending([http(503, { ...done, done: false, text: 'Later.' })], question);

    expect(end).toBeInstanceOf(DoorError);
    expect(end).toMatchObject({ message: 'Later.' });
  });
});
