import { Door } from '../../../../operator/hub/door/door';
import { SignedPosts } from '../../../../operator/hub/door/signed-posts';
import { type OrdersApi, startOrdersApi } from '../../../support/orders-api';

const signer = { accessKeyId: 'AKIDEXAMPLE', secretAccessKey: 'wJalrXUtnFEMI/K7MDENG+bPxRfiCYEXAMPLEKEY' };
const order = {
  version: 2,
  key: '00000000-0000-4000-8000-000000000001',
  order: 'pause',
  scope: 'organization',
  reason: 'Größer als ASCII: \u202e ✓',
} as const;
const neverAsked = () => Promise.reject(new Error('The URL is known.'));

let api: OrdersApi;

beforeEach(async () => {
  vi.stubEnv('AWS_ACCESS_KEY_ID', signer.accessKeyId);
  vi.stubEnv('AWS_SECRET_ACCESS_KEY', signer.secretAccessKey);
  vi.stubEnv('AWS_SESSION_TOKEN', undefined);
  vi.stubEnv('AWS_PROFILE', undefined);
  api = await startOrdersApi([signer]);
});

afterEach(() => {
  api.stop();
  vi.unstubAllEnvs();
});

async function sending(place: { url: URL; endpoint?: URL }, region = 'eu-west-1') {
  const door = new Door(region, place, neverAsked, {
    waiting: { pause: async () => {}, random: () => 0 },
    now: () => 0,
  });
  try {
    return await door.send(order);
  } finally {
    door.close();
  }
}

describe('a signed order', () => {
  it('has a signature that can be recomputed, over its whole body', async () => {
    expect(await sending({ url: new URL(api.url) })).toMatchObject({ done: true });
    expect(api.taken).toMatchObject([
      {
        path: '/staunch/orders',
        headers: { 'content-type': 'application/json' },
        body: JSON.stringify(order),
      },
    ]);
  });

  it('carries the token of a session', async () => {
    vi.stubEnv('AWS_SESSION_TOKEN', 'a-token');

    await sending({ url: new URL(api.url) });
    expect(api.taken).toMatchObject([{ headers: { 'x-amz-security-token': 'a-token' } }]);
  });

  it("is signed for the Region and host of the API's own address, wherever it is sent", async () => {
    const url = new URL('https://a1b2c3d4e5.execute-api.eu-west-1.amazonaws.com/staunch/orders');

    expect(await sending({ url, endpoint: new URL(api.url) }, 'us-east-1')).toMatchObject({ done: true });
    expect(api.taken).toMatchObject([{ path: '/staunch/orders', headers: { host: url.host } }]);
  });

  it('goes nowhere else where it is not for AWS', async () => {
    const other = await startOrdersApi([signer]);
    try {
      await sending({ url: new URL(api.url), endpoint: new URL(other.url) });
      expect([api.taken.length, other.taken.length]).toEqual([1, 0]);
    } finally {
      other.stop();
    }
  });

  it.each([
    ['unknown credentials', 'AWS_ACCESS_KEY_ID', 'UnrecognizedClientException'],
    ['another secret', 'AWS_SECRET_ACCESS_KEY', 'InvalidSignatureException'],
  ])('is turned away with %s', async (_, variable, name) => {
    vi.stubEnv(variable, 'another');

    await expect(sending({ url: new URL(api.url) })).rejects.toMatchObject({ name });
    expect(api.taken).toEqual([]);
  });

  it('is signed for one service and another by the same credentials', async () => {
    const ssm = await startOrdersApi([signer], { service: 'ssm', region: 'eu-central-1' });
    const posts = new SignedPosts('eu-west-1');
    const common = { headers: {}, body: '{}' };
    try {
      const url = (of: OrdersApi) => new URL(of.url);
      await posts.post({ ...common, url: url(ssm), service: 'ssm', region: 'eu-central-1' });
      await posts.post({ ...common, url: url(api), service: 'execute-api', region: 'eu-west-1' });
      expect([ssm.taken.length, api.taken.length]).toEqual([1, 1]);
    } finally {
      posts.close();
      ssm.stop();
    }
  });

  it('is sent again, and has one key, when an answer is lost', async () => {
    api.answer = () =>
      api.taken.length < 2 ? 'lost' : { status: 200, body: { version: 2, done: true, text: 'Paused.' } };

    expect(await sending({ url: new URL(api.url) })).toMatchObject({ text: 'Paused.' });
    expect(new Set(api.taken.map(({ body }) => body)).size).toBe(1);
    expect(api.taken).toHaveLength(2);
  });
});
