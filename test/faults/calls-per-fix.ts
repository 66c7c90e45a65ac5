import { functionNames, ledgerTableName, stopSwitchPartition } from '../../core/names';
import { accounts, messageFor } from '../support/findings';
import type { Call } from './call';
import type { ResourceType } from './resource-types/resource-type';
import { World } from './world';
import { isWrite } from './writes';

/** What a fix makes calls to AWS for, in the order of a fix. */
export const purposes = [
  'find the record, a place and a number for it',
  'take the finding',
  'what is known of the account and of an exemption',
  'session and request for the look',
  'the look',
  'what may hold the fix',
  'take the limits',
  'where the account lies just now',
  'begin the fix, and save what was there',
  'session and request for the fix',
  'read what the plan was made from',
  'stop switch, before each write',
  'writes',
  'read again between writes',
  'read what was written',
  'record the result, and what is there now',
  'report, and strike it off',
] as const;
export type Purpose = (typeof purposes)[number];

/** So many calls a fix may make, by the resource's type. */
export const mostCalls: Readonly<Record<string, number>> = { group: 24, bucket: 38, queue: 25 };

/** The calls of one purpose, each as `DynamoDB Query`. */
export interface CallsFor {
  purpose: Purpose;
  calls: string[];
}

/**
 * The calls to AWS that the coordinator and the remediation function make for one finding that is fixed, from its message to its
 * delivered report. Their processes are warm, and the organization's tree is read: neither happens once a finding.
 * @param type of the resource, which has one danger
 */
export async function callsPerFix(type: ResourceType): Promise<CallsFor[]> {
  const world = new World({ type, variant: 'simple' });
  const restore = world.aws.install();
  try {
    // Reads the organization; nothing of the type is there.
    await world.hub.message(messageFor(type.identity(accounts.off)));
    const { length: before } = world.aws.calls.made;
    await world.message();
    if (world.latest?.state !== 'fixed') throw new Error(`The ${type.name} was not fixed.`);
    return byPurpose(world.aws.calls.made.slice(before));
  } finally {
    restore();
  }
}

function byPurpose(calls: readonly Call[]): CallsFor[] {
  const purposeOf = [...coordinatorPurposes(calls), ...functionPurposes(calls)];
  return purposes.map((purpose) => ({
    purpose,
    calls: purposeOf.flatMap(([call, of]) => (of === purpose ? [`${call.service} ${call.command}`] : [])),
  }));
}

/** In the order in which the coordinator comes to them. */
const steps: readonly [command: RegExp, purpose: Purpose][] = [
  [/^Query/, 'find the record, a place and a number for it'],
  [/^Put/, 'take the finding'],
  [/^BatchGet/, 'what is known of the account and of an exemption'],
  [/^(AssumeRole|Invoke)/, 'session and request for the look'],
  [/^(BatchGet|Query)/, 'what may hold the fix'],
  [/^(TransactWrite|Put)/, 'take the limits'],
  [/^List/, 'where the account lies just now'],
  [/^(TransactWrite|Put)/, 'begin the fix, and save what was there'],
  [/^(AssumeRole|Invoke)/, 'session and request for the fix'],
  [/^(TransactWrite|Put(?!Events)|Query|Update)/, 'record the result, and what is there now'],
  [/^Put/, 'report, and strike it off'],
];

function coordinatorPurposes(calls: readonly Call[]): [Call, Purpose][] {
  let at = 0;
  return calls
    .filter(({ invocation }) => invocation.name === functionNames.coordinator)
    .map((call) => {
      const found = steps.findIndex(([command], index) => index >= at && command.test(call.command));
      const [, purpose] = steps[found] ?? [];
      if (purpose === undefined) throw new Error(`Nobody knows what ${call.service} ${call.command} is for.`);
      at = found;
      return [call, purpose];
    });
}

/** Of the two invocations of the remediation function: the look, and the fix. */
function functionPurposes(calls: readonly Call[]): [Call, Purpose][] {
  const own = calls.filter(({ invocation }) => invocation.name !== functionNames.coordinator);
  const looking = own[0]?.invocation;
  const fixing = own.filter(({ invocation }) => invocation !== looking);
  const writes = fixing.flatMap((call, index) => (isWrite(call) ? [index] : []));
  const [first = 0, last = 0] = [writes[0], writes.at(-1)];
  return [
    ...own
      .filter(({ invocation }) => invocation === looking)
      .map((call): [Call, Purpose] => [call, 'the look']),
    ...fixing.map((call, index): [Call, Purpose] => {
      if (isWrite(call)) return [call, 'writes'];
      if (isStopSwitch(call)) return [call, 'stop switch, before each write'];
      if (index < first) return [call, 'read what the plan was made from'];
      return [call, index < last ? 'read again between writes' : 'read what was written'];
    }),
  ];
}

function isStopSwitch({ input }: Call): boolean {
  const { TableName, ExpressionAttributeValues: values = {} } = input as {
    TableName?: string;
    ExpressionAttributeValues?: Record<string, unknown>;
  };
  return TableName === ledgerTableName && Object.values(values).includes(stopSwitchPartition);
}
