import type { LambdaClient } from '@aws-sdk/client-lambda';
import { Dispatcher, type DispatcherParts } from '../../../hub-functions/patrol/dispatcher/dispatcher';
import { invokeWithProbe, WalkerError } from '../../../hub-functions/patrol/dispatcher/invoke-walker';
import type { ProbeRequest } from '../../../hub-functions/patrol/walk-answer';

const accountId = '111122223333';
const region = 'eu-west-1';
const mark = `probe-${'0'.repeat(16)}-${'1'.repeat(32)}`;
const credentials = { accessKeyId: 'A', secretAccessKey: 'B', sessionToken: 'C' };

/** A dispatcher whose policy watches one Region of one account. */
function hub(more: Partial<DispatcherParts> = {}) {
  const world = {
    probed: [] as ProbeRequest[],
    assumed: [] as (readonly string[])[],
    warned: [] as string[],
  };
  const never = () => {
    throw new Error('a probe reads and writes no coverage, and sends no walk');
  };
  const dispatcher = new Dispatcher({
    policy: {
      everyMinutes: 1_440,
      regions: [region],
      targets: ['ou-1'],
      managementAccount: '999999999999',
      resourceTypes: ['AWS::SQS::Queue'],
    },
    coverage: { read: never, list: never, add: never, addBy: never },
    tree: async () => ({
      rootId: 'r-1',
      units: new Map(),
      accounts: new Map([[accountId, { id: accountId, name: 'one', parentId: 'r-1' }]]),
      readAt: new Date(0),
      tookMilliseconds: 1,
    }),
    send: never,
    async assume(_place, types) {
      world.assumed.push(types);
      return credentials;
    },
    invoke: never,
    probe: async (request) => void world.probed.push(request),
    now: () => new Date(0),
    log: { info() {}, warn: (_message: string, why: string) => void world.warned.push(why) },
    ...more,
  });
  const receive = (place: object) =>
    dispatcher.receive(JSON.stringify({ version: 1, type: 'probe', accountId, region, mark, ...place }));
  return { world, receive };
}

describe('a probe on the patrol queue', () => {
  it('goes to the walker with a session of the place that may read no resource, and leaves no coverage', async () => {
    const { world, receive } = hub();
    await receive({});
    expect(world.probed).toEqual([{ version: 1, accountId, region, credentials, mark }]);
    expect(world.assumed).toEqual([[]]);
  });

  it.each<[string, object, Partial<DispatcherParts>]>([
    ['a Region that is not watched', { region: 'us-east-1' }, {}],
    ['an account that is not in the organization', { accountId: '222222222222' }, {}],
    ['a role that cannot be assumed', {}, { assume: async () => Promise.reject(new Error('AccessDenied')) }],
    ['a walker that fails', {}, { probe: async () => Promise.reject(new WalkerError('AccessDenied')) }],
  ])(
    'is dropped with a line in the log for %s: none ends among the dead letters',
    async (_what, place, more) => {
      const { world, receive } = hub(more);
      await receive(place);
      expect(world.probed).toEqual([]);
      expect(world.warned).toHaveLength(1);
    },
  );

  it.each([
    ['ended with an error', { FunctionError: 'Unhandled', Payload: Buffer.from('{}') }],
    ['was refused in the place', { Payload: Buffer.from('{"version":1,"words":"AccessDenied"}') }],
    ['answered nonsense', { Payload: Buffer.from('[]') }],
  ])('has not been sent on where the walker %s', async (_what, answer) => {
    const lambda = { send: async () => answer } as unknown as LambdaClient;
    const request = { version: 1 as const, accountId, region, credentials, mark };
    await expect(invokeWithProbe(lambda, request)).rejects.toThrow(WalkerError);
  });
});
