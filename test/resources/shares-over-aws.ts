import fc from 'fast-check';
import type { CustomControl } from '../../controls/control';
import { control as clusterControl } from '../../controls/rds-cluster-snapshot-public';
import { control as instanceControl } from '../../controls/rds-snapshot-public';
import { control as documentControl } from '../../controls/ssm-document-public';
import { roleNames } from '../../core/names';
import type { Change } from '../../core/plan';
import { sessionPolicy } from '../../hub-functions/coordinator/member/session-policy';
import { undo } from '../../hub-functions/remediation/undo';
import type { Adapter } from '../../resources/kit/live-resource';
import { rdsClusterSnapshotAdapter } from '../../resources/rds-cluster-snapshot/adapter';
import { rdsSnapshotAdapter } from '../../resources/rds-snapshot/adapter';
import { documentAdapter } from '../../resources/ssm-document/adapter';
import { InMemoryAws } from '../faults/aws/in-memory-aws';
import type { Snapshots } from '../faults/aws/rds/snapshots';

const place = { accountId: '222222222222', region: 'eu-west-1' };
const id = 'orders';

/** A list as it is really there: `all` or an account, and which version, where there is one. */
type Entry = { account: string; version?: string };

/** A type whose lists AWS changes entry by entry. */
export interface SharedType {
  name: string;
  control: CustomControl;
  adapter: Adapter;
  /** Lists that AWS can hold. */
  anyList: fc.Arbitrary<Entry[]>;
  plant(aws: InMemoryAws, list: readonly Entry[]): void;
  listIn(aws: InMemoryAws): Entry[];
}

const accounts = [
  place.accountId,
  ...Array.from({ length: 30 }, (_, number) => String(300_000_000_000 + number)),
];
const someAccounts = (most: number) => fc.uniqueArray(fc.constantFrom(...accounts), { maxLength: most });

const ofRds = (
  name: string,
  control: CustomControl,
  adapter: Adapter,
  of: (aws: InMemoryAws) => Snapshots,
): SharedType => ({
  name,
  control,
  adapter,
  anyList: fc
    .tuple(fc.boolean(), someAccounts(19))
    .map(([all, some]) => [...(all ? ['all'] : []), ...some].map((account) => ({ account }))),
  plant: (aws, list) => of(aws).create(id, { ...place, values: list.map(({ account }) => account) }),
  listIn: (aws) => (of(aws).get(id, place)?.values ?? []).map((account) => ({ account })),
});

const anyVersion = fc.constantFrom('$DEFAULT', '$LATEST', '$ALL');

/** The types that are called by other services than EC2. */
export const sharedTypes: readonly SharedType[] = [
  ofRds('rds-snapshot', instanceControl, rdsSnapshotAdapter(), (aws) => aws.rds.snapshots),
  ofRds(
    'rds-cluster-snapshot',
    clusterControl,
    rdsClusterSnapshotAdapter(),
    (aws) => aws.rds.clusterSnapshots,
  ),
  {
    name: 'ssm-document',
    control: documentControl,
    adapter: documentAdapter(),
    anyList: fc.oneof(
      anyVersion.map((version) => [{ account: 'all', version }]),
      fc
        .tuple(someAccounts(30), fc.array(anyVersion, { minLength: 30, maxLength: 30 }))
        .map(([some, versions]) =>
          some.map((account, index) => ({ account, version: versions[index] ?? '$ALL' })),
        ),
    ),
    plant: (aws, list) =>
      aws.ssm.create(id, {
        ...place,
        shares: list.map(({ account, version = '$DEFAULT' }) => ({ account, version })),
      }),
    listIn: (aws) => (aws.ssm.get(id, place)?.shares ?? []).map((share) => ({ ...share })),
  },
];

/**
 * Fixes random lists over an AWS in memory, with a finding's own session, and undoes that. What may stay is worked out entry by entry.
 * @throws where somebody stays who may not, somebody goes who may stay, or the undo leaves another list than there was
 */
export async function fixAndUndoLists(type: SharedType, numRuns: number, seed: number): Promise<void> {
  await fc.assert(
    fc.asyncProperty(type.anyList, fc.subarray(accounts), async (list, trustedAccounts) => {
      const aws = new InMemoryAws();
      const restore = aws.install();
      try {
        type.plant(aws, list);
        const { fixed, outcome } = await fixAndUndo(aws, type, trustedAccounts);
        const looksAtAll = trustedAccounts.length > 0;
        const mayStay = ({ account }: Entry) =>
          account !== 'all' &&
          (!looksAtAll || account === place.accountId || trustedAccounts.includes(account));
        expect(inOrder(fixed)).toEqual(inOrder(list.filter(mayStay)));
        expect(outcome).toBe('undone');
        expect(inOrder(type.listIn(aws))).toEqual(inOrder(list));
        expect(aws.violations).toEqual([]);
      } finally {
        restore();
      }
    }),
    { numRuns, seed },
  );
}

async function fixAndUndo(
  aws: InMemoryAws,
  { control, adapter, listIn }: SharedType,
  trustedAccounts: string[],
) {
  const parameters = control.parameters.parse({ trustedAccounts });
  const finding = { ...place, control: control.id, resourceType: control.resourceType, resourceId: id };
  const live = adapter.open({
    finding,
    credentials: aws.sessions.open({
      accountId: place.accountId,
      roleName: roleNames.remediation,
      sessionName: 'a-finding',
      policy: sessionPolicy(control, finding, 'apply'),
      expiresAt: Number.POSITIVE_INFINITY,
    }),
    signal: new AbortController().signal,
    mayWrite: async () => {},
  });
  const reading = async () => {
    const read = await live.read();
    if (read === 'gone') throw new Error('It is there.');
    return read;
  };
  const before = await reading();
  const { violations } = control.evaluate(before.resource, parameters);
  const plan = control.plan(before.resource, violations, parameters);
  const made: Change[] = [];
  await live.apply(plan, before, (changes) => made.push(...changes));
  const fixed = listIn(aws);
  const history = {
    steps: [{ before: before.before, changes: plan.changes, made }] as const,
    after: (await reading()).before,
  };
  const { outcome } = await undo({
    control,
    parameters,
    live,
    planUndo: adapter.planUndo,
    history,
    pause: async () => {},
  });
  return { fixed, outcome };
}

function inOrder(list: readonly Entry[]): Entry[] {
  return [...list].sort((one, other) => (one.account < other.account ? -1 : 1));
}
