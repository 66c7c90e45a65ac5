import { walkSessionPolicy } from '../../hub-functions/patrol/dispatcher/session-policy';
import { errorCodeOf } from '../../resources/kit/aws-error';
import type { SharedResource } from '../../resources/kit/share-list/shared-resource';
import type { Walk, WalkedPage } from '../../resources/kit/walk';
import { resourceTypes } from '../../resources/resource-types';
import { walks } from '../../resources/walks';
import { InMemoryAws } from '../faults/aws/in-memory-aws';
import type { Call } from '../faults/call';
import { type FaultPlan, faultWhenever } from '../faults/faults';
import { amis } from './walked/ami';
import { buckets } from './walked/bucket';
import { snapshots } from './walked/ebs-snapshot';
import { rdsClusterSnapshots, rdsSnapshots } from './walked/rds-snapshots';
import { walkedTypes } from './walked/registry';
import { groups } from './walked/security-group';
import { documents } from './walked/ssm-document';
import type { WalkedType } from './walked/walked-type';

const place = { accountId: '222222222222', region: 'eu-central-1' };
const signal = new AbortController().signal;
const all = Object.values(walkedTypes);
const oneByOne = all.filter((type) => type.read !== undefined) as (WalkedType &
  Required<Pick<WalkedType, 'read'>>)[];

/** Pages of a walk, each in a session of its own with what the patrol's role may do there. */
function walked(
  { type, plant }: WalkedType,
  count: number,
  plan?: FaultPlan,
  parameterSets: readonly unknown[] = [],
) {
  const aws = new InMemoryAws(plan && { plan });
  const ids = Array.from({ length: count }, (_, number) => plant(aws, place, number));
  const inSession = async <Result>(work: (walk: Walk) => Promise<Result>): Promise<Result> => {
    const credentials = aws.sessions.open({
      accountId: place.accountId,
      roleName: 'staunch-patrol',
      sessionName: 'staunch-patrol',
      expiresAt: Infinity,
      policy: walkSessionPolicy(place, [type]),
    });
    const restore = aws.install();
    try {
      const end = await aws.run('walker', 300_000, async () => {
        const walk = walks[type]().open({ place, credentials, signal, parameterSets });
        try {
          return await work(walk);
        } finally {
          walk.close();
        }
      }).ended;
      if (end.kind === 'threw') throw end.error;
      if (end.kind === 'returned') return end.value;
      throw new Error('Nothing killed it.');
    } finally {
      restore();
    }
  };
  const page = (token?: string) => inSession((walk) => walk.page(token));
  return { aws, ids: ids.sort(), inSession, page };
}

const idsOf = (...pages: WalkedPage[]) => pages.flatMap((page) => page.walked.map(({ id }) => id));
type Planned = Pick<Call, 'command' | 'input'>;

describe.each(all)('a walk of $type', (type) => {
  const { list, inPage } = type;

  it('reads each once, though every page is read by another session', async () => {
    const { page, ids, aws } = walked(type, inPage + 1);
    const first = await page();
    const last = await page(first.next);
    expect(idsOf(first)).toHaveLength(inPage);
    expect(idsOf(first, last)).toEqual(ids);
    expect([...first.walked, ...last.walked].filter((one) => 'problem' in one)).toEqual([]);
    expect(last).not.toHaveProperty('next');
    expect(aws.violations).toEqual([]);
  });

  it('has no further page where the last one is full', async () => {
    const { page } = walked(type, inPage);
    expect(await page()).not.toHaveProperty('next');
  });

  it('has one empty page where there is nothing', async () => {
    const { page, aws } = walked(type, 0);
    // Another account's, and another Region's.
    type.plant(aws, { ...place, accountId: '333333333333' }, 1);
    type.plant(aws, { ...place, region: 'eu-west-1' }, 2);
    // Nobody turned it on, where the type has one.
    const block = resourceTypes[type.type].publicBlock && { isBlocked: false };
    expect(await page()).toEqual({ walked: [], ...block });
  });

  it("ends with AWS's word where the list is throttled, and the same page is there later", async () => {
    let isThrottled = true;
    const throttle = faultWhenever(({ command }) => command === list && isThrottled, { kind: 'throttled' });
    const { page, ids } = walked(type, 2, throttle);
    const failed = await page().catch(errorCodeOf);
    expect(failed).toBe(type.throttled);
    isThrottled = false;
    expect(idsOf(await page())).toEqual(ids);
  });
});

describe.each(oneByOne)('a walk of $type, each of which is read by itself,', (type) => {
  const { read } = type;
  const isReadOf = (id: string | undefined) => (call: Planned) =>
    call.command === read.command && read.names(call.input) === id;

  it('counts for nothing where a page is throttled half-way, and is read anew', async () => {
    let isThrottled = true;
    let meant: string | undefined;
    const throttle = faultWhenever((call) => isThrottled && isReadOf(meant)(call), { kind: 'throttled' });
    const { page, ids } = walked(type, 12, throttle);
    meant = ids[7];
    expect(await page().catch(errorCodeOf)).toBe(type.throttled);
    isThrottled = false;
    expect(idsOf(await page())).toEqual(ids);
  });

  it('goes past one that AWS refuses to show, and says which', async () => {
    const { page, ids, aws } = walked(type, 12);
    let seen = 0;
    aws.authorization.isDenied = (_accountId, action) => {
      if (!action.endsWith(`:${read.command}`)) return false;
      seen += 1;
      return seen === 3;
    };
    const { walked: all } = await page();
    expect(all.map(({ id }) => id)).toEqual(ids);
    expect(all.filter((one) => 'problem' in one)).toHaveLength(1);
  });

  it('leaves out one that goes meanwhile', async () => {
    let remove: (() => void) | undefined;
    const { page, ids, aws } = walked(type, 4, ({ command }) => {
      if (command === read.command) remove?.();
      return undefined;
    });
    const [, , gone = ''] = ids;
    remove = () => type.remove(aws, gone, place);
    expect(idsOf(await page())).toEqual(ids.filter((id) => id !== gone));
  });
});

const prefixList = { PrefixListId: 'pl-0123456789abcdef0' };
const lettingIn = { IpProtocol: 'tcp', FromPort: 22, ToPort: 22, PrefixListIds: [prefixList] };

it('reads the entries of a prefix list once for all groups that let it in', async () => {
  const { page, aws } = walked(groups, 0);
  aws.ec2.createPrefixList(prefixList.PrefixListId, ['0.0.0.0/0']);
  for (const digit of ['a', 'b', 'c']) {
    aws.ec2.createGroup(`sg-${digit.repeat(17)}`, { ...place, permissions: [lettingIn] });
  }
  const { walked: all } = await page();
  expect(JSON.stringify(all).match(/0\.0\.0\.0\/0/g)).toHaveLength(3);
  const reads = aws.calls.made.filter(({ command }) => command === 'GetManagedPrefixListEntries');
  expect(reads).toHaveLength(1);
});

it('reads a prefix list again in the same walk where its entries were throttled', async () => {
  let isThrottled = true;
  const throttle = faultWhenever(({ command }) => command === 'GetManagedPrefixListEntries' && isThrottled, {
    kind: 'throttled',
  });
  const { inSession, aws } = walked(groups, 0, throttle);
  aws.ec2.createPrefixList(prefixList.PrefixListId, ['0.0.0.0/0']);
  aws.ec2.createGroup(`sg-${'a'.repeat(17)}`, { ...place, permissions: [lettingIn] });
  await inSession(async (walk) => {
    expect(await walk.page(undefined).catch(errorCodeOf)).toBe('RequestLimitExceeded');
    isThrottled = false;
    expect(idsOf(await walk.page(undefined))).toHaveLength(1);
  });
});

describe.each([
  { of: snapshots, items: (aws: InMemoryAws) => aws.ec2.snapshots, read: 'DescribeSnapshotAttribute' },
  { of: amis, items: (aws: InMemoryAws) => aws.ec2.images, read: 'DescribeImageAttribute' },
])('a walk of $of.type', ({ of, items, read }) => {
  const partner = { UserId: '444455556666' };
  const planted = (parameterSets: readonly unknown[]) => {
    const { aws, ids, page } = walked(of, 3, undefined, parameterSets);
    const [everybodys = '', partners = ''] = ids;
    items(aws).modify(everybodys, [{ Group: 'all' }, partner], []);
    items(aws).modify(partners, [partner], []);
    const reads = () => aws.calls.made.filter(({ command }) => command === read).length;
    return { aws, page, reads };
  };
  const sharesIn = ({ walked: all }: WalkedPage) =>
    all.map((one) => ('resource' in one ? (one.resource as SharedResource) : undefined));

  it('tells by lists alone which are shared with everybody, and that it did not read with whom else', async () => {
    const { aws, page, reads } = planted([{ trustedAccounts: [] }]);
    const found = sharesIn(await page());
    expect(found.map((one) => one?.share.everybody)).toEqual([true, false, false]);
    expect(found.map((one) => one?.unread)).toEqual(['named', 'named', 'named']);
    expect(reads()).toBe(0);
    expect(aws.violations).toEqual([]);
  });

  it('reads the share list of each where some parameters say which accounts are trusted', async () => {
    const { aws, page, reads } = planted([{ trustedAccounts: [] }, { trustedAccounts: ['111122223333'] }]);
    const found = sharesIn(await page());
    expect(found.map((one) => one?.share.accounts)).toEqual([[partner.UserId], [partner.UserId], []]);
    expect(found.map((one) => one?.unread)).toEqual([undefined, undefined, undefined]);
    expect(reads()).toBe(3);
    expect(aws.violations).toEqual([]);
  });
});

describe.each([
  { type: rdsSnapshots, of: (aws: InMemoryAws) => aws.rds.snapshots },
  { type: rdsClusterSnapshots, of: (aws: InMemoryAws) => aws.rds.clusterSnapshots },
])('a walk of $type.type', ({ type, of }) => {
  it.each([
    [[], ['named'], 0],
    [['111122223333'], [undefined], 1],
  ])(
    'reads an encrypted one, which only accounts can be named for, where %j are trusted',
    async (trustedAccounts, unread, reads) => {
      const { aws, page } = walked(type, 0, undefined, [{ trustedAccounts }]);
      of(aws).create('encrypted', { ...place, isEncrypted: true, values: ['444455556666'] });
      const found = (await page()).walked;
      expect(found.map((one) => ('resource' in one ? (one.resource as SharedResource).unread : one))).toEqual(
        unread,
      );
      const read = aws.calls.made.filter(({ command }) => command === type.read?.command);
      expect(read).toHaveLength(reads);
      expect(aws.violations).toEqual([]);
    },
  );
});

it('reads with whom a document is shared on every page', async () => {
  const { aws, page } = walked(documents, 0);
  aws.ssm.permissionsInPage = 2;
  const accounts = ['111111111111', '222222222222', '333333333333'];
  const shares = accounts.map((account) => ({ account, version: '$DEFAULT' }));
  aws.ssm.create('Restart-Shop', { ...place, shares });
  expect((await page()).walked).toMatchObject([{ resource: { share: { accounts } } }]);
});

it('finds no snapshot open while the strictest setting keeps everybody out', async () => {
  const { aws, ids, page } = walked(snapshots, 1);
  aws.ec2.snapshots.modify(ids[0] ?? '', [{ Group: 'all' }], []);
  aws.ec2.snapshots.block(place.accountId, place.region, 'block-all-sharing');
  const { walked: all } = await page();
  expect(all).toMatchObject([{ resource: { blocked: 'all', share: { everybody: false } } }]);
});

it("reads an account's settings once for all of its buckets", async () => {
  const { page, aws } = walked(buckets, 7);
  await page();
  const reads = aws.calls.made.filter(({ service }) => service === 'S3 Control');
  expect(reads).toHaveLength(1);
});
