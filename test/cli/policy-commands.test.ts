import { mkdtempSync, rmSync, writeFileSync } from 'node:fs';
import { tmpdir } from 'node:os';
import { join } from 'node:path';
import { CreateRoleCommand, IAMClient } from '@aws-sdk/client-iam';
import { DeleteCommand } from '@aws-sdk/lib-dynamodb';
import { main } from '../../cli/main';
import { compilePolicy } from '../../config/compile';
import { parseOrganization } from '../../config/organization';
import { customControls } from '../../controls/registry';
import { ledgerTableName } from '../../core/names';
import { bundlesVariable } from '../../infra/kept-bundles';
import { verdictCodeOf } from '../../infra/verdict-code';
import { Ledger } from '../../ledger/findings/ledger';
import { StopSwitch } from '../../ledger/limits/stop-switch';
import { KeptTree } from '../../ledger/organization/kept-tree';
import { contentOf } from '../../ledger/organization/organization-tree';
import { bucketRecord, recordOf } from '../operator/records';
import { keptBundles } from '../support/assembly';
import { captureOutput } from '../support/command';
import { documentsOn } from '../support/ledger-table';
import { createOrganization, type OrganizationIds, policyOf } from './plan/created-organization';
import { startTestHub, type TestHub } from './test-hub';

const groups = 'security-group-open-ports';
const waiting = bucketRecord({
  state: 'waiting',
  planDigest: 'digest-1',
  plan: { changes: [{ action: 'x', text: 'Take a grant.' }], lossy: false, losses: [] },
});

const dayMilliseconds = 24 * 60 * 60 * 1000;

let hub: TestHub;
let documents: ReturnType<typeof documentsOn>;
let ids: OrganizationIds;
let directory: string;
let environment: NodeJS.ProcessEnv;
let output: ReturnType<typeof captureOutput>;

beforeAll(async () => {
  hub = await startTestHub();
  documents = documentsOn(hub.moto.endpoint);
  ids = await createOrganization(hub.moto.endpoint);
  const ledger = new Ledger(documents, ledgerTableName);
  await ledger.create(recordOf({ identity: { accountId: ids.trial } }));
  await ledger.create(waiting);
  directory = mkdtempSync(join(tmpdir(), 'staunch-plan-'));
}, 90_000);

afterAll(async () => {
  documents.destroy();
  rmSync(directory, { recursive: true, force: true });
  await hub.stop();
});

beforeEach(() => {
  environment = process.env;
  // The code of the controls is bundled for their digests.
  process.env = { ...hub.environment(), [bundlesVariable]: keptBundles() };
  hub.orders = [];
  output = captureOutput();
});

afterEach(() => {
  vi.restoreAllMocks();
  process.env = environment;
});

/** A policy of that organization. */
const policyText = (autoResponse: string): string => policyOf(ids, autoResponse);

function policyFile(autoResponse: string): string {
  const file = join(directory, 'policy.yaml');
  writeFileSync(file, policyText(autoResponse));
  return file;
}

function deploy(autoResponse: string, verdictCode?: Record<string, string>): void {
  const compiled = compilePolicy(parseOrganization(policyText(autoResponse), 'deployed.yaml'));
  const policy = JSON.stringify({ ...compiled, ...(verdictCode && { verdictCode }) });
  hub.answer = () => ({ version: 2, done: true, text: 'The policy.', policy });
}

describe('staunch plan', () => {
  it('compares with what is deployed, and names the findings that would be fixed at once', async () => {
    deploy('{ default: off }');

    expect(await main(['plan', policyFile('{ organizationalUnits: { /Sandbox: on } }')])).toBe(0);
    expect(output.printed).toMatch(
      /^1 account would start being fixed, 0 would change otherwise, 1 would stay as it is\.\n1 open finding would be fixed/,
    );
    expect(output.printed).toContain(
      `${ids.trial}  trial  /Sandbox\n    ${groups}: off → on, by /Sandbox (policy.yaml:5)`,
    );
    expect(output.printed).toContain(`sg-0123456789abcdef0  account trial (${ids.trial}), now reported`);
    expect(hub.orders).toEqual([
      [expect.any(String), { version: 2, key: expect.any(String), order: 'policy' }],
    ]);
  });

  it('says what the policy costs where that is asked, of a file alone and of all accounts alone', async () => {
    deploy('{ default: off }');
    const file = policyFile('{ default: off }');

    expect(await main(['plan', file, '--cost', '--json'])).toBe(0);
    const { cost } = JSON.parse(output.printed) as { cost: { accounts: object; total: number } };
    expect(cost).toMatchObject({ accounts: { own: 2, existing: 0, none: 0 }, isEstimate: true });
    expect(cost.total).toBeGreaterThan(0);
    expect(await main(['plan', '--cost'])).toBe(0);
    expect(output.printed).toContain('It cannot be told. A deployed policy does not contain its targets.');
    expect(await main(['plan', file, '--cost', '--account', 'trial'])).not.toBe(0);
    expect(output.complained).toContain("option '--cost' cannot be used with option '--account");
    expect(output.complained).not.toContain(' at ');
  });

  it('says which verdicts are made again because of code', async () => {
    const code = verdictCodeOf(customControls);
    const heading = 'AWS Config judges everything again by';
    const printed = async () => {
      output.printed = '';
      await main(['plan', policyFile('{ default: off }')]);
      return output.printed;
    };

    deploy('{ default: off }', code);
    expect(await printed()).not.toContain(heading);
    deploy('{ default: off }', { ...code, 's3-public-access': '0123456789abcdef' });
    expect(await printed()).toContain(`${heading}\n  - s3-public-access: its code changed`);
    expect(output.printed).not.toContain('security-group-wide-open: its code');
    // A hub that was deployed without digests: its rules get one, and that changes them.
    deploy('{ default: off }');
    expect(await printed()).toContain('security-group-wide-open: its code changed');
  });

  it('takes the policy that is deployed where no file is named, against a sandbox', async () => {
    deploy('{ organizationalUnits: { /Sandbox: on } }');

    expect(await main(['plan', '--all'])).toBe(0);
    expect(output.printed).toMatch(
      /^This is the policy that is deployed, beside itself.*\n0 accounts would start being fixed, 0 would change otherwise/,
    );
    expect(output.printed).toContain(`${groups}: on, by /Sandbox (deployed.yaml:5)`);
    hub.answer = () => undefined;
    expect(await main(['plan'])).toBe(1);
    expect(output.complained).toContain('There is no hub in account');
  });

  it('asks IAM whether the roles exist that people names, of the account of the credentials', async () => {
    deploy('{ default: off }');
    const iam = new IAMClient({ endpoint: hub.moto.endpoint, region: 'eu-west-1' });
    await iam.send(
      new CreateRoleCommand({ RoleName: 'there', Path: '/team/', AssumeRolePolicyDocument: '{}' }),
    );
    iam.destroy();
    const role = (account: string, name: string) => `{ role: "arn:aws:iam::${account}:role/team/${name}" }`;
    const who = [role('123456789012', 'there'), role('123456789012', 'gone'), role(ids.trial, 'untold')];

    expect(
      await main(['plan', policyFile(`{ default: off }\npeople: [{ who: [${who}], may: [approve] }]`)]),
    ).toBe(0);
    expect(output.printed).toMatch(
      /^Warning: people names what does not exist: role gone of account 123456789012 \(policy\.yaml:6\)\.$/m,
    );
    expect(output.printed).toMatch(
      new RegExp(`whether there is role untold of account ${ids.trial} \\(policy\\.yaml:6\\)\\.$`, 'm'),
    );
    expect(output.printed).toContain('people come: role there of account master (123456789012)');
  });

  it('is of one account, by its name, with --account', async () => {
    deploy('{ default: off }');
    const file = policyFile('{ default: on }');

    expect(await main(['plan', file, '--account', 'trial'])).toBe(0);
    expect(output.printed).toMatch(
      /^1 account would start being fixed, 0 would change otherwise, 0 would stay/,
    );
    expect(output.printed).toContain(ids.trial);
    expect(output.printed).not.toContain(ids.security);
    expect(await main(['plan', file, '--account', 'nobody'])).toBe(1);
    expect(output.complained).toMatch(
      /^No account of the organization is named "nobody"\. There are: .*\btrial\b/,
    );
  });

  it('says that what is deployed is not known where there is no hub, and prints JSON', async () => {
    hub.answer = () => undefined;

    expect(await main(['plan', policyFile('{ default: approval }'), '--json'])).toBe(0);
    expect(JSON.parse(output.printed)).toMatchObject({
      compared: false,
      nothingDeployed: expect.stringContaining('There is no hub in account'),
      counts: { starts: 0, changes: 2 },
    });
  });

  it('takes everything for a change where the hub does not know the order', async () => {
    hub.answer = () => ({ version: 2, done: false, text: 'The order cannot be understood; look at order.' });

    expect(await main(['plan', policyFile('{ default: off }')])).toBe(0);
    expect(output.printed).toMatch(/^The deployed policy cannot be read: .*Everything counts as a change\./);
  });

  it('names what the organization does not have first, and exits with 1', async () => {
    deploy('{ default: off }');

    expect(await main(['plan', policyFile('{ accounts: { tril: on } }')])).toBe(1);
    expect(output.printed).toMatch(
      /^1 problem .*\n {2}tril \(policy.yaml:5\): no account of the organization has this name\. Did you mean trial\?/,
    );
  });

  it('exits with 1 for a policy that is not valid, before it asks anybody', async () => {
    expect(await main(['plan', policyFile('{ default: of }')])).toBe(1);
    expect(output.complained).toContain('policy.yaml:5');
    expect(hub.orders).toEqual([]);
  });
});

describe('staunch explain', () => {
  it('explains what becomes of a resource, by the account’s name', async () => {
    const file = policyFile('{ organizationalUnits: { /Sandbox: on } }');

    expect(await main(['explain', 'trial', groups, 'sg-0123456789abcdef0', '--file', file])).toBe(0);
    expect(output.printed).toContain(
      `${groups}: sg-0123456789abcdef0 in eu-west-1, account ${ids.trial} (trial)`,
    );
    expect(output.printed).toContain('on (policy.yaml:5) ← decides');
    // It was found long ago, and nobody decided on it.
    expect(output.printed).toContain('It would wait.');
    expect(output.printed).toContain('It is backlog');
    expect(hub.orders).toEqual([]);
  });

  it('explains by the policy that is deployed, as JSON', async () => {
    deploy('{ default: off }');

    expect(await main(['explain', ids.trial, groups, '--deployed', '--json'])).toBe(0);
    expect(JSON.parse(output.printed)).toMatchObject({
      flag: 'off',
      decidedBy: 'the default (deployed.yaml:5)',
      verdict: 'reported',
    });
  });

  it.each([
    [['trial', 'nothing'], 2, 'there is no such control'],
    [['trial', 'iam-password-policy'], 2, "AWS Config's managed rules"],
    [['trial', groups, 'arn:aws:s3:::photos'], 2, "which is no resource's id"],
    [['nobody', groups], 1, 'No account of the organization is named "nobody".'],
    [['trial', groups, '--deployed', '--file', 'x.yaml'], 2, 'cannot be used with'],
    [['trial', groups, 'sg-0123456789abcdef0', '--resource-region', 'Ireland'], 2, 'which is no Region'],
  ])('says what is wrong with %j', async (words, status, message) => {
    const named = words.includes('--deployed') ? words : [...words, '--file', policyFile('{ default: off }')];
    expect(await main(['explain', ...named])).toBe(status);
    expect(output.complained).toContain(message);
  });
});

describe('staunch explain against a sandbox', () => {
  it('takes the policy that is deployed where no file is named', async () => {
    deploy('{ organizationalUnits: { /Sandbox: on } }');

    expect(await main(['explain', 'trial', groups])).toBe(0);
    expect(output.printed).toContain('By the policy that is deployed.');
  });
});

describe('staunch pause and resume', () => {
  const paused = () => new StopSwitch(documents, ledgerTableName);
  beforeEach(() => {
    hub.answer = () => ({ version: 2, done: true, text: 'It is so.' });
  });

  it.each([
    [[], () => 'organization'],
    [['--account', '333333333333'], () => '333333333333'],
    [['--account', 'trial'], () => ids.trial],
    [['--ou', '/Sandbox'], () => ids.sandbox],
    [['--ou', '/'], () => ids.root],
  ])('orders %j by id', async (words, scope) => {
    expect(await main(['pause', ...words, '--reason', 'freeze'])).toBe(0);
    expect(await main(['resume', ...words])).toBe(0);
    expect(hub.orders).toMatchObject([
      [expect.any(String), { order: 'pause', scope: scope(), reason: 'freeze' }],
      [expect.any(String), { order: 'resume', scope: scope() }],
    ]);
    expect(output.printed).toBe('It is so.\nIt is so.\n');
  });

  it.each([
    [['pause'], 2, '--reason'],
    [['pause', '--reason', ' '], 2, '--reason should say why'],
    [['pause', '--reason', 'x', '--until', 'friday'], 2, '--until is "friday", and should be a span'],
    [['pause', '--reason', 'x', '--until', '2020-01-01'], 2, 'should lie in the future'],
    [['pause', '--account', 'trial', '--ou', '/Sandbox', '--reason', 'x'], 2, 'cannot be used with'],
    [['pause', '--ou', '/Sandbx', '--reason', 'x'], 1, 'Did you mean /Sandbox?'],
    [['pause', '--ou', 'ou-abcd-99999999', '--reason', 'x'], 1, 'There is no organizational unit'],
    [['resume', '--account', 'nobody'], 1, 'is named "nobody"'],
  ])('orders nothing for %j', async (words, status, message) => {
    expect(await main(words)).toBe(status);
    expect(output.complained).toContain(message);
    expect(hub.orders).toEqual([]);
  });

  it('exits with 1 when it was not done', async () => {
    hub.answer = () => ({ version: 2, done: false, text: 'No.' });
    expect(await main(['resume'])).toBe(1);
  });

  it('is what findings says while it lasts, and resume says once', async () => {
    await paused().stop({ scope: ids.trial, reason: 'freeze', by: 'ada', at: '2026-11-23T09:00:00.000Z' });
    try {
      const line = `Staunch is paused in ${ids.trial} since 2026-11-23 09:00 UTC, by ada: freeze\n`;
      await main(['findings']);
      expect(output.printed.startsWith(line)).toBe(true);
      output.printed = '';
      await main(['findings', '--json']);
      expect(output.complained).toBe(line);
      expect(output.printed).toMatch(/^\{/);
      output.printed = '';
      await main(['resume']);
      // The coordinator's answer says what is still paused.
      expect(output.printed).toBe('It is so.\n');
    } finally {
      await paused().resume(ids.trial, '2026-11-23T09:00:00.000Z');
    }
  });

  it('may have an end: a date counts to the end of that day in UTC', async () => {
    const date = new Date(Date.now() + 30 * dayMilliseconds).toISOString().slice(0, 10);
    const end = new Date(Date.parse(date) + dayMilliseconds).toISOString();
    expect(await main(['pause', '--reason', 'freeze', '--until', date])).toBe(0);
    expect(await main(['pause', '--reason', 'freeze', '--until', `${date}T18:00+01:00`])).toBe(0);
    expect(hub.orders).toMatchObject([
      [expect.any(String), { order: 'pause', until: end }],
      [expect.any(String), { order: 'pause', until: `${date}T17:00:00.000Z` }],
    ]);
  });

  it('without an end gives an order without one', async () => {
    await main(['pause', '--reason', 'freeze']);
    expect(hub.orders).not.toMatchObject([[expect.any(String), { until: expect.anything() }]]);
  });

  it('that is over is not mentioned any more, and is no stop for what is explained', async () => {
    const over = { scope: ids.root, reason: 'freeze', by: 'ada', at: '2025-11-23T09:00:00.000Z' };
    await paused().stop({ ...over, until: '2025-11-24T00:00:00.000Z' });
    try {
      await main(['findings']);
      expect(output.printed).not.toContain('paused');
      await main(['explain', 'trial', groups, '--file', policyFile('{ default: on }')]);
      expect(output.printed).toContain('Nothing is paused there.');
    } finally {
      await paused().resume(ids.root, '2026-11-23T09:00:00.000Z');
    }
  });

  it('is everywhere where the switch cannot be read', async () => {
    const broken = { scope: 'organization', reason: 'x', by: 'ada', at: 'yesterday' };
    await paused().stop(broken);
    try {
      expect(await main(['findings'])).toBe(0);
      expect(output.printed).toMatch(
        /^Staunch is stopped everywhere, because its stop switch cannot be read/,
      );
    } finally {
      await paused().resume('organization', '2026-11-23T09:00:00.000Z');
    }
  });
});

describe('staunch approve and deny', () => {
  it('show the plan, and order a decision on that plan and no other', async () => {
    hub.answer = () => ({ version: 2, done: true, text: 'Fixed.' });

    expect(await main(['approve', 'photos'])).toBe(0);
    expect(output.printed).toMatch(/^The plan, .*#photos#1\n {2}@@ Take a grant\. @@\nFixed\.\n$/);
    expect(await main(['deny', 'photos', '--reason', ' ours '])).toBe(0);
    expect(hub.orders).toMatchObject([
      [expect.any(String), { order: 'approve', finding: waiting.identity, occurrence: 1, plan: 'digest-1' }],
      [expect.any(String), { order: 'deny', plan: 'digest-1', reason: 'ours' }],
    ]);
  });

  it('show the plan that waits by now, where the resource differs', async () => {
    const ledger = new Ledger(documents, ledgerTableName);
    const plan = (text: string) => ({ changes: [{ action: 'x', text }], lossy: false, losses: [] });
    const identity = { resourceId: 'films' };
    const record = await ledger.create(
      bucketRecord({ identity, state: 'waiting', planDigest: 'one', plan: plan('Take a grant.') }),
    );
    hub.answer = async () => {
      await ledger.replace(record, { ...record, planDigest: 'two', plan: plan('Take two grants.') });
      return { version: 2, done: false, text: 'The resource differs by now.' };
    };

    expect(await main(['approve', 'films'])).toBe(1);
    expect(output.printed).toMatch(
      /The plan, .*\n {2}@@ Take a grant\. @@\nThe resource differs by now\.\nThe plan that waits now, .*\n {2}@@ Take two grants\. @@\n/,
    );
  });

  it.each([
    ['denied', 'approve', []],
    ['held', 'deny', ['--reason', 'not yet']],
    ['failed', 'deny', ['--reason', 'not yet']],
    ['reported', 'approve', []],
  ] as const)(
    'leave it to the coordinator whether a finding that is %s can be decided on: %s',
    async (state, order, words) => {
      const ledger = new Ledger(documents, ledgerTableName);
      const identity = { resourceId: `decided-${state}` };
      const heldBy = state === 'held' ? { heldBy: 'limit' as const } : {};
      const record = await ledger.create(
        bucketRecord({ identity, state, planDigest: 'digest-2', ...heldBy }),
      );
      hub.answer = () => ({ version: 2, done: state !== 'reported', text: 'So it is.' });

      expect(await main([order, `decided-${state}`, ...words])).toBe(state === 'reported' ? 1 : 0);
      expect(hub.orders).toMatchObject([
        [expect.any(String), { order, finding: record.identity, plan: 'digest-2' }],
      ]);
      expect(output.printed).toContain('So it is.');
      const { finding: key, record: item } = record;
      await documents.send(
        new DeleteCommand({ TableName: ledgerTableName, Key: { finding: key, record: item } }),
      );
    },
  );

  it('decide on several findings, each with its own answer, and exit with 1 when one was not approved', async () => {
    const ledger = new Ledger(documents, ledgerTableName);
    const identity = { resourceId: 'music' };
    await ledger.create(bucketRecord({ identity, state: 'waiting', planDigest: 'digest-3' }));
    let orders = 0;
    hub.answer = () => ({ version: 2, done: true, text: `Fixed ${++orders}.` });

    expect(await main(['approve', 'photos', 'sg-0123456789abcdef0', 'music', 'photos'])).toBe(1);
    expect(output.printed).toMatch(/#photos#1\n[\s\S]*Fixed 1\.\n[\s\S]*#music#1\n[\s\S]*Fixed 2\.\n$/);
    expect(output.complained).toMatch(/#sg-0123456789abcdef0#1\n.* does not wait for anybody/);
    expect(hub.orders).toHaveLength(2);
    hub.orders = [];
    expect(await main(['approve', 'photos', 'music'])).toBe(0);
    expect(await main(['approve', 'photos', 'nothing-is-called-so'])).toBe(1);
    expect(hub.orders).toHaveLength(2);
  });

  it('apply a lossy plan only with --accept-loss, and say what goes and what to paste', async () => {
    const ledger = new Ledger(documents, ledgerTableName);
    await ledger.create(
      bucketRecord({
        identity: { resourceId: 'website', accountId: ids.trial },
        state: 'waiting',
        planDigest: 'digest-4',
        plan: {
          changes: [{ action: 'x', text: 'Block.' }],
          lossy: true,
          losses: ['The website is not read.'],
        },
      }),
    );
    hub.answer = () => ({ version: 2, done: true, text: 'Fixed.' });

    expect(await main(['approve', 'website', '--region', 'eu-west-1'])).toBe(1);
    expect(output.printed).toMatch(/What goes with it\n {2}- The website is not read\.\n$/);
    const command = `approve '${ids.trial}#eu-west-1#s3-public-access#website#1' --accept-loss --region eu-west-1`;
    expect(output.complained).toContain(`\n  npm run -s staunch -- ${command}\n`);
    expect(hub.orders).toEqual([]);
    expect(await main(command.replaceAll("'", '').split(' '))).toBe(0);
    expect(hub.orders).toMatchObject([[expect.any(String), { order: 'approve', plan: 'digest-4' }]]);
  });

  it.each([
    [['approve', 'sg-0123456789abcdef0'], 1, 'does not wait for anybody: it is reported.'],
    [['deny', 'photos'], 2, '--reason'],
    [['deny', 'photos', '--reason', ''], 2, '--reason should say why'],
  ])('order nothing for %j', async (words, status, message) => {
    expect(await main(words)).toBe(status);
    expect(output.complained).toContain(message);
    expect(hub.orders).toEqual([]);
  });
});

describe('staunch findings', () => {
  it('has options that stand for states, and add up', async () => {
    await main(['findings', '--reported', '--json']);
    expect(output.printed).toContain('sg-0123456789abcdef0');
    expect(output.printed).not.toContain('photos');
    output.printed = '';
    await main(['findings', '--reported', '--waiting', '--json']);
    expect(output.printed).toContain('photos');
    output.printed = '';
    await main(['findings', '--failed', '--held']);
    expect(output.printed).toBe('No finding is like that.\n');
  });

  it('takes an account by its name', async () => {
    expect(await main(['findings', '--account', 'trial', '--json'])).toBe(0);
    expect(output.printed).toContain('sg-0123456789abcdef0');
    expect(output.printed).not.toContain('photos');
    expect(await main(['findings', '--account', 'trialx'])).toBe(1);
    expect(output.complained).toBe('No account of the organization is named "trialx". Did you mean trial?\n');
  });

  it('shows accounts by the names that the hub knows, and ids in JSON', async () => {
    const holder = 'reader';
    const [kept, now] = [new KeptTree(documents, ledgerTableName), new Date()];
    const node = { id: ids.trial, name: 'trial', parentId: ids.sandbox };
    const content = contentOf({
      rootId: ids.root,
      units: new Map([[ids.sandbox, { id: ids.sandbox, name: 'Sandbox', parentId: ids.root }]]),
      accounts: new Map([[ids.trial, node]]),
      readAt: now,
      tookMilliseconds: 1,
    });
    await kept.lease({ holder, now, until: new Date(now.getTime() + 60_000), seen: undefined });
    await kept.keep({ content, readAt: now, tookMilliseconds: 1 }, { holder, now });

    await main(['findings', '--account', ids.trial, '--control', groups]);
    expect(output.printed).toMatch(new RegExp(` trial +${ids.trial} `));
    output.printed = '';
    await main(['findings', '--account', '999999999999']);
    expect(output.complained).toBe(
      'Account 999999999999 is not in the organization, as far as the hub knows. aws organizations list-accounts lists those that are.\n',
    );
    output.printed = '';
    await main(['findings', '--account', ids.trial, '--plans']);
    expect(output.printed).toContain(`account trial (${ids.trial}), `);
    output.printed = '';
    await main(['show', 'sg-0123456789abcdef0']);
    expect(output.printed).toContain(`trial (${ids.trial})\n  lies under     /Sandbox\n`);
    output.printed = '';
    hub.answer = () => ({ version: 2, done: true, text: `Nothing is fixed in ${ids.sandbox}.` });
    await main(['resume', '--account', ids.trial]);
    expect(output.printed).toBe(`Nothing is fixed in /Sandbox (${ids.sandbox}).\n`);
    output.printed = '';
    await main(['findings', '--account', ids.trial, '--control', groups, '--json']);
    expect(output.printed).toContain(`"accountId":"${ids.trial}"`);
    expect(output.printed).not.toContain('"trial"');
  });

  it('shows the exact changes, account by account, with --plans', async () => {
    await main(['findings', '--plans', '--control', 's3-public-access']);
    expect(output.printed).toMatch(
      /^account 222222222222, \d findings?\n[\s\S]*^ {2}photos .*, waiting for approval\n {6}@@ Take a grant\. @@/m,
    );
  });
});
