import { CloudFormationClient } from '@aws-sdk/client-cloudformation';
import { accountIdOf, plantAccount, watchedRegions } from '../../../bench/patrol/accounts';
import { PatrolHub } from '../../../bench/patrol/patrol-hub';
import { customControls } from '../../../controls/registry';
import { control } from '../../../controls/security-group-open-ports';
import { coveragePartition, functionNames, ledgerTableName, queueNames } from '../../../core/names';
import { queueUrl } from '../../../core/queue-address';
import { TrailsSeen } from '../../../hub-functions/coordinator/intake/trails-seen';
import { CoverageNotices } from '../../../hub-functions/coordinator/telling/coverage-notices';
import { DeputyDigests } from '../../../hub-functions/coordinator/telling/deputy-digests';
import { reconcile } from '../../../hub-functions/reconcile/reconcile';
import { TreeReader } from '../../../hub-functions/tree-reader';
import { CoverageStore } from '../../../ledger/coverage/coverage';
import { KeptTree } from '../../../ledger/organization/kept-tree';
import { noNames } from '../../../ledger/organization/place-names';
import { ledgerDocuments } from '../../../ledger/table/documents';
import { Notices } from '../../../ledger/told/notices';
import { StackFailures } from '../../../ledger/told/stack-failures';
import { ToldCoverageStore } from '../../../ledger/told/told-coverage';
import { resourceTypes } from '../../../resources/resource-types';
import { mapSize } from '../../faults/aws/dynamodb/values';
import type { Call } from '../../faults/call';
import { Hub } from '../../faults/hub';
import { resourceTypesUnderFaults } from '../../faults/resource-types/registry';
import { awsWithLedger } from '../../faults/support';
import { testPolicy } from '../../support/findings';
import { stubbed } from '../../support/stubbed-client';
import { authorizeEvent } from '../../support/trail-events';
import { type Capacity, capacityOf } from './capacity';

/** What was counted of something. */
export interface Counted extends Capacity {
  /** Invocations, by the functions' names. */
  invocations: Readonly<Record<string, number>>;
}

/** What an organization's day came to, the day after its first. */
export interface Day {
  /** Accounts in Regions that were patrolled. */
  walks: Counted & { count: number };
  /** Schedules alone, but for the lists of what is covered. */
  schedules: Counted;
  /** How often all that is covered was listed, and what an item of it takes, in bytes. */
  lists: number;
  coverageBytes: number;
  /** Of what the patrol found, again. */
  looks: Counted & { count: number };
  /** Calls that opened nothing. */
  events: Counted & { count: number };
}

/** What a firing of the sweep's schedule does here in an invocation of its own, and which is none in the hub. */
export const choreName = 'coverage-notices';
const minute = 60_000;
const minutesOfDay = 24 * 60;
const region = 'eu-west-1';
const hubAccount = '111111111111';
const policy = {
  ...testPolicy,
  default: { flag: 'off' as const, source: 'organization.yaml:9', controls: {} },
  accounts: {},
  targets: ['r-root'],
  regions: watchedRegions,
  parameterDefaults: Object.fromEntries(customControls.map(({ id }) => [id, {}])),
};

/** Plays the real functions of the hub for a day, by their schedules, over an AWS in memory in which nothing changes. */
export async function simulatedDay(accounts: number): Promise<Day> {
  const aws = awsWithLedger({ latencyMilliseconds: 0 });
  const { clock } = aws;
  const adapters = resourceTypesUnderFaults.map(({ adapter }) => adapter);
  const hub = new Hub(aws, policy, adapters);
  const patrol = new PatrolHub(aws);
  const looks: string[] = [];
  aws.sqs.receivers.set(queueUrl(hubAccount, region, queueNames.remediation), (body) => {
    looks.push(body);
  });
  for (let number = 1; number <= accounts; number += 1) plantAccount(aws, number);
  const restore = aws.install();
  const documents = ledgerDocuments({ region });
  const tree = new TreeReader(new KeptTree(documents, ledgerTableName), clock.now);
  const given = new Notices(
    documents,
    ledgerTableName,
    async () => {},
    () => {},
    async () => noNames,
  );
  const notices = new CoverageNotices({
    policy,
    resourceTypes: Object.keys(resourceTypes),
    tree: () => tree.read(),
    coverage: new CoverageStore(documents, ledgerTableName),
    told: new ToldCoverageStore(documents, ledgerTableName),
    deputies: new DeputyDigests({
      told: new ToldCoverageStore(documents, ledgerTableName, 'deputies'),
      notices: given,
      now: clock.now,
    }),
    notices: given,
    log: { info() {}, warn() {}, error() {} },
    now: clock.now,
  });
  /** Each with the time at which it is due, so that one that takes long delays no other. */
  const every = async (minutes: number, until: number, work: () => Promise<unknown>) => {
    for (let at = clock.milliseconds + minutes * minute; at <= until; at += minutes * minute) {
      await clock.pause(at - clock.milliseconds);
      await work();
    }
  };
  const playUntil = (until: number) =>
    Promise.all([
      every(1, until, async () => {
        await hub.sweep();
        // As a chore of the sweep.
        await aws.run(choreName, minute, () => notices.run(() => minute)).ended;
      }),
      every(5, until, async () => {
        await patrol.schedule();
        await patrol.workThrough();
      }),
      every(
        60,
        until,
        () =>
          aws.run(functionNames.reconcile, 5 * minute, () =>
            reconcileOnce(documents, () => tree.read(), clock.now),
          ).ended,
      ),
    ]);
  const made = async (work: () => Promise<unknown>): Promise<Call[]> => {
    aws.calls.made.length = 0;
    await work();
    return [...aws.calls.made];
  };
  const deliver = async (bodies: readonly string[]) => {
    for (const body of bodies) await hub.message(body);
  };
  try {
    await hub.sweep();
    // The first day's walks and looks, in its first hours: each is another the first time.
    await playUntil(clock.milliseconds + 60 * minute);
    await deliver(looks.splice(0));
    await clock.pause((minutesOfDay - 2 * 60) * minute);
    // And those whose time was in between.
    await playUntil(clock.milliseconds + 60 * minute);
    await deliver(looks.splice(0));
    const day = await made(() => playUntil(clock.milliseconds + minutesOfDay * minute));
    const bodies = looks.splice(0);
    const ofLooks = await made(() => deliver(bodies));
    const items = aws.dynamoDb.peek(ledgerTableName).filter(({ finding }) => finding === coveragePartition);
    // Before it is noted that events arrive: in most hours they do not.
    const coverageBytes = items.reduce((sum, item) => sum + mapSize(item as never), 0) / items.length;
    const shut = Array.from({ length: accounts }, (_, index) => authorizeEvent(shutGroup(index + 1)));
    await deliver(shut);
    const seen = new TrailsSeen({
      coverage: new CoverageStore(documents, ledgerTableName),
      log: { warn() {} },
      now: clock.now,
    });
    const ofEvents = await made(async () => {
      await deliver(shut);
      await aws.run(choreName, minute, () => noteAll(seen, accounts)).ended;
    });
    const ofDispatcher = day.filter(({ invocation }) => invocation.name === functionNames.patrolDispatcher);
    const ticks = new Set(ofDispatcher.filter(isList).map(({ invocation }) => invocation));
    // A tick writes down whom it sends for: that is part of a walk.
    const isWalk = ({ invocation, command }: Call) =>
      invocation.name === functionNames.patrolWalker ||
      (invocation.name === functionNames.patrolDispatcher &&
        (!ticks.has(invocation) || command === 'Update'));
    const isScheduled = (call: Call) => !isList(call) && !(isWalk(call) && !ticks.has(call.invocation));
    return {
      walks: { count: items.length, ...countedIn(day.filter(isWalk)) },
      schedules: countedIn(day.filter((call) => isScheduled(call) && !isWalk(call))),
      lists: day.filter(isList).length,
      coverageBytes,
      looks: { count: bodies.length, ...countedIn(ofLooks) },
      events: { count: shut.length, ...countedIn(ofEvents) },
    };
  } finally {
    restore();
  }
}

/** The first event of the hour in each account. */
async function noteAll(seen: TrailsSeen, accounts: number): Promise<void> {
  for (let number = 1; number <= accounts; number += 1) {
    const { accountId, region: of } = shutGroup(number);
    await seen.note({ accountId, region: of });
  }
}

/** The first group that `plantAccount` makes is shut. */
function shutGroup(number: number) {
  const { id, resourceType } = control;
  const resourceId = `sg-${(number * 10_000).toString(16).padStart(17, '0')}`;
  return {
    accountId: accountIdOf(number),
    region: watchedRegions[0] ?? '',
    control: id,
    resourceType,
    resourceId,
  };
}

function reconcileOnce(
  documents: ReturnType<typeof ledgerDocuments>,
  tree: Parameters<typeof reconcile>[0]['tree'],
  now: () => Date,
) {
  return reconcile({
    policy,
    tree,
    now,
    client: stubbed(new CloudFormationClient({ region }), () => ({ Summaries: [] })),
    stackFailures: new StackFailures(documents, ledgerTableName),
    log: { info() {}, warn() {} },
  });
}

/** Of the items of all accounts and Regions. */
function isList({ command, input }: Pick<Call, 'command' | 'input'>): boolean {
  const { ExpressionAttributeValues: values = {} } = input as {
    ExpressionAttributeValues?: Record<string, unknown>;
  };
  return command === 'Query' && Object.values(values).includes(coveragePartition);
}

function countedIn(calls: readonly Call[]): Counted {
  const invocations: Record<string, number> = {};
  for (const { name } of new Set(calls.map(({ invocation }) => invocation)))
    invocations[name] = (invocations[name] ?? 0) + 1;
  const capacities = calls.filter(({ service }) => service === 'DynamoDB').map(capacityOf);
  const sum = (of: (capacity: Capacity) => number) => capacities.reduce((all, one) => all + of(one), 0);
  return { invocations, reads: sum(({ reads }) => reads), writes: sum(({ writes }) => writes) };
}
