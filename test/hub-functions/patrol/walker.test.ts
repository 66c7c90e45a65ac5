import { readParameterSets } from '../../../controls/parameter-sets';
import { control } from '../../../controls/sqs-public-policy';
import type { LookMessage } from '../../../core/look-message';
import type { PublicBlock } from '../../../core/public-block';
import { sendLooks } from '../../../hub-functions/patrol/walker/send-looks';
import { pageMilliseconds, walk } from '../../../hub-functions/patrol/walker/walker';
import type { TypeWalk, WalkedPage } from '../../../resources/kit/walk';
import { queueFromApi } from '../../../resources/queue/model';

const place = { accountId: '111122223333', region: 'eu-west-1' };
const credentials = { accessKeyId: 'A', secretAccessKey: 'B', sessionToken: 'C' };
const queues = 'AWS::SQS::Queue';
const groups = 'AWS::EC2::SecurityGroup';
const signal = new AbortController().signal;
const forever = { remaining: () => 300_000, signal };
const url = (name: string) => `https://sqs.eu-west-1.amazonaws.com/111122223333/${name}`;
const open = (name: string) => ({
  id: url(name),
  resource: queueFromApi({
    QueueUrl: url(name),
    Attributes: {
      Policy: '{"Statement":[{"Effect":"Allow","Principal":"*","Action":"sqs:*","Resource":"*"}]}',
    },
  }),
});
const shut = (name: string) => ({
  id: url(name),
  resource: queueFromApi({ QueueUrl: url(name), Attributes: { CreatedTimestamp: '1' } }),
});
const refused = Object.assign(new Error('explicit deny in a service control policy'), {
  name: 'AccessDenied',
  $fault: 'client',
  $metadata: { httpStatusCode: 403 },
});
const throttled = Object.assign(new Error('slow down'), { name: 'Throttling', $fault: 'client' });

type Pages = Record<string, WalkedPage | Error>;

function walker(pages: Record<string, Pages>) {
  const looks: LookMessage[] = [];
  const asked: string[] = [];
  const walkOf = (type: string): TypeWalk | undefined =>
    pages[type] && {
      resourceType: queues,
      open: () => ({
        async page(token) {
          asked.push(`${type} ${token ?? 'first'}`);
          const page = pages[type]?.[token ?? 'first'];
          if (page === undefined || page instanceof Error) throw page ?? refused;
          return page;
        },
        close() {},
      }),
    };
  const parametersOf = readParameterSets(control, '{"accounts":{},"others":[{}]}');
  return {
    looks,
    asked,
    parts: {
      walkOf,
      readTrails: async () => ({ isLogging: true }),
      controlsOf: (type: string) => (type === queues ? [{ control, parametersOf }] : []),
      async sendLooks(more: readonly LookMessage[]) {
        looks.push(...more);
      },
    },
  };
}

const request = (...resourceTypes: string[]) => ({
  version: 1 as const,
  ...place,
  resourceTypes,
  credentials,
});

const service = {
  Effect: 'Allow',
  Principal: { Service: 'sns.amazonaws.com' },
  Action: 'sqs:SendMessage',
  Resource: '*',
};
const deputy = (name: string, Condition?: object) => ({
  id: url(name),
  resource: queueFromApi({
    QueueUrl: url(name),
    Attributes: { Policy: JSON.stringify({ Statement: [{ ...service, Condition }] }) },
  }),
});

describe('a setting that blocks public access', () => {
  const page = (isBlocked: boolean, walked: WalkedPage['walked']): WalkedPage => ({ walked, isBlocked });
  const blockAfter = async (pages: Pages, from?: { token: string; block: PublicBlock }) => {
    const { parts } = walker({ [queues]: pages });
    const position = from && { from: { resourceType: queues, resources: 9, ...from } };
    const { covered } = await walk({ ...request(queues), ...position }, parts, forever);
    return covered[0]?.block;
  };

  it('is told with how many resources it would close, over all pages', async () => {
    const first = { ...page(false, [open('a'), shut('b')]), next: 't' };
    const t = page(false, [open('c'), { id: url('d'), problem: refused }]);
    expect(await blockAfter({ first, t })).toEqual({ isOn: false, closes: 3 });
  });

  it('is told where there is no resource at all', async () => {
    expect(await blockAfter({ first: page(true, []) })).toEqual({ isOn: true, closes: 0 });
  });

  it('is counted on with the rest of a walk', async () => {
    const from = { token: 't', block: { isOn: false, closes: 4 } };
    expect(await blockAfter({ t: page(false, [open('a')]) }, from)).toEqual({ isOn: false, closes: 5 });
  });

  it('is not told of a type that has none', async () => {
    expect(await blockAfter({ first: { walked: [open('a')] } })).toBeUndefined();
  });
});

describe('confused deputies that a walk comes across', () => {
  it('are counted over all pages, and none is looked at', async () => {
    const bound = { StringEquals: { 'aws:SourceAccount': place.accountId } };
    const { parts, looks } = walker({
      [queues]: {
        first: { walked: [deputy('b'), deputy('bound', bound), shut('c')], next: 't' },
        t: { walked: [deputy('a'), { id: url('d'), problem: refused }] },
      },
    });
    const { covered } = await walk(request(queues), parts, forever);
    expect(covered).toEqual([
      {
        type: queues,
        resources: 5,
        deputies: [{ control: 'sqs-public-policy', count: 2, named: [url('a'), url('b')] }],
      },
    ]);
    expect(looks.map(({ resourceId }) => resourceId)).toEqual([url('d')]);
  });

  it('are handed over with the rest of a walk', async () => {
    const { parts } = walker({ [queues]: { t: { walked: [deputy('b')] } } });
    const deputies = [{ control: 'sqs-public-policy', count: 12, named: [url('a')] }];
    const from = { resourceType: queues, token: 't', resources: 40, deputies };
    const { covered } = await walk({ ...request(queues), from }, parts, forever);
    expect(covered[0]?.deputies).toEqual([
      { control: 'sqs-public-policy', count: 13, named: [url('a'), url('b')] },
    ]);
  });

  it.each(['ignore', 'fix'])('are not reported where the parameter is %s', async (confusedDeputy) => {
    const { parts } = walker({ [queues]: { first: { walked: [deputy('a')] } } });
    const parametersOf = readParameterSets(
      control,
      JSON.stringify({ accounts: {}, others: [{ confusedDeputy }] }),
    );
    const controlsOf = () => [{ control, parametersOf }];
    const { covered } = await walk(request(queues), { ...parts, controlsOf }, forever);
    expect(covered).toEqual([{ type: queues, resources: 1 }]);
  });
});

describe('a walk', () => {
  it('asks for a look at what is dangerous or cannot be read, and at nothing else', async () => {
    const { parts, looks } = walker({
      [queues]: {
        first: { walked: [open('a'), shut('b')], next: 't' },
        t: { walked: [{ id: url('c'), problem: refused }] },
      },
    });
    expect(await walk(request(queues), parts, forever)).toEqual({
      version: 1,
      covered: [{ type: queues, resources: 3 }],
      notCovered: [],
      trail: { isLogging: true },
      looks: 2,
    });
    expect(looks).toEqual(
      ['a', 'c'].map((name) => ({
        version: 1,
        type: 'look',
        ...place,
        control: 'sqs-public-policy',
        resourceType: queues,
        resourceId: url(name),
        detector: 'patrol',
      })),
    );
  });

  it("tells AWS's words of a type whose list is refused, and walks the others", async () => {
    const { parts } = walker({ [groups]: { first: refused }, [queues]: { first: { walked: [] } } });
    expect(await walk(request(groups, queues), parts, forever)).toEqual({
      version: 1,
      covered: [{ type: queues, resources: 0 }],
      notCovered: [{ type: groups, words: `AccessDenied: ${refused.message}` }],
      trail: { isLogging: true },
      looks: 0,
    });
  });

  it('reads the trails when it begins, and not where it goes on', async () => {
    const { parts } = walker({ [queues]: { t: { walked: [shut('b')] } } });
    const from = { resourceType: queues, token: 't', resources: 1 };
    expect(await walk({ ...request(queues), from }, parts, forever)).not.toHaveProperty('trail');
  });

  it('calls a type not covered when AWS shows none of its resources', async () => {
    const { parts } = walker({ [queues]: { first: { walked: [{ id: url('a'), problem: refused }] } } });
    expect(await walk(request(queues), parts, forever)).toMatchObject({
      covered: [],
      notCovered: [{ type: queues, words: `AccessDenied: ${refused.message}` }],
    });
  });

  it('gives back the page at which AWS throttles, and what it read before', async () => {
    const { parts } = walker({ [queues]: { first: { walked: [shut('a')], next: 't' }, t: throttled } });
    expect(await walk(request(queues, groups), parts, forever)).toEqual({
      version: 1,
      covered: [],
      notCovered: [],
      next: { resourceType: queues, token: 't', resources: 1 },
      trail: { isLogging: true },
      looks: 0,
    });
  });

  it('begins no page without the time for it, and goes on from there', async () => {
    const world = walker({
      [queues]: { first: { walked: [shut('a')], next: 't' }, t: { walked: [shut('b')] } },
      [groups]: { first: { walked: [] } },
    });
    const times = [pageMilliseconds, pageMilliseconds - 1];
    const short = { remaining: () => times.shift() ?? 0, signal };
    const { next, covered } = await walk(request(queues, groups), world.parts, short);
    expect([next, covered]).toEqual([{ resourceType: queues, token: 't', resources: 1 }, []]);
    expect(
      await walk({ ...request(queues, groups), ...(next && { from: next }) }, world.parts, forever),
    ).toEqual(
      expect.objectContaining({
        covered: [
          { type: queues, resources: 2 },
          { type: groups, resources: 0 },
        ],
      }),
    );
    expect(world.asked).toEqual([`${queues} first`, `${queues} t`, `${groups} first`]);
  });

  it('begins a type anew when AWS does not take the token of an earlier session any more', async () => {
    const { parts, asked } = walker({ [queues]: { first: { walked: [shut('a')] } } });
    const from = { resourceType: queues, token: 'old', resources: 7 };
    expect(await walk({ ...request(queues), from }, parts, forever)).toMatchObject({
      covered: [{ type: queues, resources: 1 }],
    });
    expect(asked).toEqual([`${queues} old`, `${queues} first`]);
  });

  it('counts for nothing when the queue does not take its looks', async () => {
    const { parts } = walker({ [queues]: { first: { walked: [open('a')] } } });
    const sendLooks = async () => {
      throw refused;
    };
    await expect(walk(request(queues), { ...parts, sendLooks }, forever)).rejects.toBe(refused);
  });
});

it('sends again those looks of a batch that the queue did not take', async () => {
  const { parts, looks } = walker({
    [queues]: { first: { walked: Array.from({ length: 12 }, (_, index) => open(`q${index}`)) } },
  });
  await walk(request(queues), parts, forever);
  const sent: string[][] = [];
  const sqs = {
    async send({ input: { Entries } }: { input: { Entries: { Id: string; MessageBody: string }[] } }) {
      const isFirst = sent.length === 0;
      sent.push(Entries.map(({ MessageBody }) => JSON.parse(MessageBody).resourceId));
      return { Failed: isFirst ? [{ Id: '3', Code: 'InternalError' }] : [] };
    },
  };
  const waiting = { pause: async () => {}, random: () => 0 };
  await sendLooks(sqs as never, 'https://sqs', looks, waiting);
  expect(sent.map(({ length }) => length)).toEqual([10, 1, 2]);
  expect(sent[1]).toEqual([url('q3')]);
});
