import { main } from '../../cli/main';
import type { CallerIdentity } from '../../core/actor';
import type { Json } from '../../core/json';
import { packed } from '../../ledger/saved/saved-item';
import { DoorWorld } from '../hub-functions/orders/door-world';
import { captureOutput } from '../support/command';
import { accounts, testIdentity } from '../support/findings';
import { ada, eve, operator, ownersOf, peopleWith, roleOf } from '../support/orderers';
import { type OrdersApi, startOrdersApi } from '../support/orders-api';

/** Who has which access key. */
const callers: Readonly<Record<string, CallerIdentity>> = {
  OPERATOR: operator,
  OWNERS: ownersOf(accounts.approval),
  STRANGER: roleOf(accounts.approval, 'Developer', '\u001b[2Jroot'),
  ADA: ada,
  EVE: eve,
};
/** It waits for a decision. */
const own = { ...testIdentity, accountId: accounts.approval };
const others = testIdentity;
const nameOf = ({ accountId, region, control, resourceId }: typeof testIdentity) =>
  `${accountId}#${region}#${control}#${resourceId}`;

let door: DoorWorld;
let api: OrdersApi;
let output: ReturnType<typeof captureOutput>;

beforeAll(async () => {
  const keys = Object.keys(callers);
  api = await startOrdersApi(keys.map((accessKeyId) => ({ accessKeyId, secretAccessKey: 'secret' })));
  api.answer = ({ accessKeyId, body }) =>
    door.sendBody(body, callers[accessKeyId]).then(({ status, body: answer }) => ({ status, body: answer }));
});

afterAll(() => api.stop());

beforeEach(async () => {
  door = new DoorWorld();
  await door.world.receive(own);
  await door.world.receive(others);
  vi.useFakeTimers({ toFake: ['Date'], now: door.world.clock.now() });
  vi.stubEnv('STAUNCH_ORDERS_URL', api.url);
  // Nothing answers there: whoever has the URL asks nobody else.
  vi.stubEnv('AWS_ENDPOINT_URL', 'http://127.0.0.1:1');
  vi.stubEnv('AWS_SECRET_ACCESS_KEY', 'secret');
  vi.stubEnv('AWS_SESSION_TOKEN', undefined);
  vi.stubEnv('AWS_REGION', 'eu-west-1');
  output = captureOutput();
});

afterEach(() => {
  vi.useRealTimers();
  vi.unstubAllEnvs();
  vi.restoreAllMocks();
});

/** Somebody gives a command. */
async function as(who: string, ...words: string[]) {
  vi.stubEnv('AWS_ACCESS_KEY_ID', who);
  Object.assign(output, { printed: '', complained: '' });
  const status = await main(words);
  return { status, ...output };
}

const end = ['--reason', 'Ours', '--until', '12h'];

describe('staunch whoami', () => {
  it('says who somebody is, and what he may, where, and by which line', async () => {
    expect(await as('OWNERS', 'whoami')).toEqual({
      status: 0,
      printed: [
        'You are role StaunchOwners of account 333333333333 (calls itself "somebody").',
        'What you may, where, and by which line of the policy:',
        '  - view, approve, deny, exempt, undo, retry, pause, thaw: account 333333333333 (organization.yaml:45)',
        '',
      ].join('\n'),
      complained: '',
    });
  });

  it('says that somebody may nothing, whatever he calls himself', async () => {
    const { status, printed } = await as('STRANGER', 'whoami');

    expect(status).toBe(0);
    expect(printed).toMatch(/calls itself "\\u001b\[2Jroot"\)\.\nThe policy gives you no right\.\n$/);
  });

  it('tells two persons and broken glass apart', async () => {
    const source = 'organization.yaml:50';
    const breakGlass = { who: [{ role: { account: accounts.hub, name: 'operator' } }], source };
    door.world.policy = { ...door.world.policy, people: peopleWith({ twoPersons: ['undo'], breakGlass }) };
    const { printed } = await as('OPERATOR', 'whoami');

    expect(printed).toContain('  - undo with a second person: the whole organization (organization.yaml:40)');
    expect(printed).toContain(
      '  - approve, undo as break-glass, with a reason: the whole organization (organization.yaml:50)',
    );
  });

  it('has it as JSON', async () => {
    const { printed } = await as('ADA', 'whoami', '--json');

    expect(JSON.parse(printed)).toMatchObject({
      text: 'You are ada@example.com (SecurityTeam in account 111111111111).',
      rights: expect.arrayContaining([
        { right: 'thaw', where: 'the whole organization', source: 'organization.yaml:40' },
      ]),
    });
  });
});

describe('an owner at the door', () => {
  it('sees the findings of his account and no others', async () => {
    const { status, printed } = await as('OWNERS', 'findings', '--json');

    expect(status).toBe(0);
    expect(
      printed
        .trim()
        .split('\n')
        .map((line) => JSON.parse(line)),
    ).toMatchObject([own]);
    expect((await as('OPERATOR', 'findings', '--json')).printed.trim().split('\n')).toHaveLength(2);
  });

  it('has what his account is called in the table, and of one finding', async () => {
    expect((await as('OWNERS', 'findings')).printed).toMatch(/ approval +333333333333 +Protected /);
    const { status, printed } = await as('OWNERS', 'show', own.resourceId);

    expect(status).toBe(0);
    expect(printed).toMatch(/account +approval \(333333333333\)\n +lies under +\/Protected\n/);
  });

  it('sees what was before and after a fix', async () => {
    const group = { groupId: others.resourceId, GroupName: 'web', VpcId: 'vpc-1', prefixLists: {} };
    const open = {
      SecurityGroupRuleId: 'sgr-1',
      IpProtocol: 'tcp',
      FromPort: 22,
      ToPort: 22,
      CidrIpv4: '0.0.0.0/0',
    };
    const saved: Record<string, Json> = {
      before: { before: { ...group, ingressRules: [open] }, changes: [] },
      after: { ...group, ingressRules: [] },
    };
    for (const item of door.tables.items('ledger-saved')) {
      const value = saved[String(item.record).split('#')[0] ?? ''];
      if (value !== undefined) door.tables.put('ledger-saved', { ...item, saved: packed(value) });
    }

    const { status, printed, complained } = await as('OPERATOR', 'show', nameOf(others));

    expect([status, complained]).toEqual([0, '']);
    expect(printed).toMatch(/Before the fix, .* and after it\n +--- before\n +\+\+\+ after\n/);
    expect(printed).toMatch(/\n +- +.*22.*0\.0\.0\.0\/0/);
    expect(JSON.parse((await as('OPERATOR', 'show', nameOf(others), '--json')).printed).fix).toMatchObject({
      after: saved.after,
    });
  });

  it('sees what is paused of what he may see', async () => {
    await as('OPERATOR', 'pause', '--account', accounts.on, '--reason', 'Not his');
    await as('OWNERS', 'pause', '--account', accounts.approval, '--reason', 'A migration');
    const { printed } = await as('OWNERS', 'findings');

    expect(printed).toMatch(/^Staunch is paused in approval \(333333333333\) since .*: A migration\n/);
    expect(printed).not.toContain('Not his');
    expect((await as('OWNERS', 'findings', '--json')).complained).toContain('Staunch is paused in approval');
  });

  it.each([
    ['findings', '--account', accounts.on],
    ['show', nameOf(others)],
    ['retry', nameOf(others)],
    ['undo', nameOf(others), ...end],
    ['pause', '--reason', 'Ours'],
    ['pause', '--account', accounts.on, '--reason', 'Ours'],
    ['resume'],
  ])('is told what would allow it, and exits with 1: %s %s %s', async (...words) => {
    const { status, printed, complained } = await as('OWNERS', ...words);

    expect([status, printed]).toEqual([1, '']);
    expect(complained).toMatch(/StaunchOwners of account 333333333333/);
    expect(complained).not.toMatch(/\bat .*\.[jt]s/);
    expect(door.invoked).toEqual([]);
  });

  it('pauses his own account, and ends that again', async () => {
    expect(await as('OWNERS', 'pause', '--account', accounts.approval, '--reason', 'Ours')).toMatchObject({
      status: 0,
      complained: '',
    });
    expect((await as('OWNERS', 'resume', '--account', accounts.approval)).status).toBe(0);
  });

  it('approves the plan that he is shown, and no reason is needed', async () => {
    const { status, printed, complained } = await as('OWNERS', 'approve', own.resourceId);

    expect([status, complained]).toEqual([0, '']);
    expect(printed).toMatch(/^The plan, 333333333333#/);
    expect((await as('OWNERS', 'findings', '--json')).printed).toContain('"state":"already-compliant"');
  });

  it('gives a reason with an approval where he has one', async () => {
    await as('OWNERS', 'approve', own.resourceId, '--reason', ' Nobody is on call ');

    const orders = api.taken.map(({ body }) => JSON.parse(body)).filter(({ order }) => order === 'approve');
    expect(orders.at(-1)).toMatchObject({ finding: own, reason: 'Nobody is on call' });
  });

  it('decides on the plan that he is shown, with his reason', async () => {
    expect((await as('OWNERS', 'deny', own.resourceId, '--reason', 'A partner uses it')).status).toBe(0);
    expect((await as('OWNERS', 'show', own.resourceId)).printed).toMatch(
      /denied by role StaunchOwners .*: A partner/,
    );
  });

  it('exempts a resource of his, and sees until when, and by whom', async () => {
    const { status, printed, complained } = await as('OWNERS', 'exempt', own.resourceId, ...end);
    expect([status, complained]).toEqual([0, '']);
    expect(printed).toContain('Exempt. The resource stays as it is');
    expect((await as('OWNERS', 'show', own.resourceId)).printed).toMatch(
      /exempt until .* UTC, by role StaunchOwners of account 333333333333 .*: Ours/,
    );
  });
});

describe('somebody without a right', () => {
  it.each([['findings'], ['show', own.resourceId], ['approve', nameOf(own)]])(
    'sees no finding, and gives no order: %s',
    async (...words) => {
      const { status, printed, complained } = await as('STRANGER', ...words);

      expect([status, printed]).toEqual([1, '']);
      expect(complained).toMatch(/view/);
    },
  );
});

describe('an order that takes two persons', () => {
  it('is done when the second gives it, and not before', async () => {
    door.world.policy = { ...door.world.policy, people: peopleWith({ twoPersons: ['exempt'] }) };
    const exempting = ['exempt', nameOf(own), ...end];

    const first = await as('ADA', ...exempting);
    expect(first).toMatchObject({
      status: 1,
      printed: expect.stringMatching(/^Proposed\. It takes two persons/),
    });
    expect((await as('ADA', ...exempting)).status).toBe(1);
    expect(door.invoked).toEqual([]);
    expect((await as('EVE', ...exempting)).status).toBe(0);
    expect(door.invoked).toHaveLength(1);
  });

  it('is refused to who is no person', async () => {
    door.world.policy = { ...door.world.policy, people: peopleWith({ twoPersons: ['exempt'] }) };
    const { status, complained } = await as('OPERATOR', 'exempt', nameOf(own), ...end);

    expect(status).toBe(1);
    expect(complained).toContain('is no person');
  });
});

describe('the URL', () => {
  it('is the option before the variable', async () => {
    vi.stubEnv('STAUNCH_ORDERS_URL', 'https://staunch.example.com/orders');

    expect((await as('ADA', 'whoami', '--orders-url', api.url)).status).toBe(0);
  });

  it.each([
    ['--orders-url', ['whoami', '--orders-url', 'http://staunch.example.com/orders']],
    ['STAUNCH_ORDERS_URL', ['findings']],
  ])('is named where it is none: %s', async (name, words) => {
    vi.stubEnv('STAUNCH_ORDERS_URL', 'staunch.example.com');
    const { status, complained } = await as('ADA', ...words);

    expect(status).toBe(2);
    expect(complained).toMatch(new RegExp(`^${name} is ".*staunch\\.example\\.com.*should be like https://`));
  });

  it('says whose credentials they are, where API Gateway does not know them', async () => {
    const { status, complained } = await as('NOBODY', 'whoami');

    expect(status).toBe(1);
    expect(complained).toMatch(
      /^AWS does not know these credentials.*token included in the request is invalid/,
    );
  });
});
