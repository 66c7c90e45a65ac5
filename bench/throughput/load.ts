import type { CompiledPolicy } from '../../config/compiled';
import { customControls } from '../../controls/registry';
import { control as bucketControl } from '../../controls/s3-public-access';
import { control as groupControl } from '../../controls/security-group-open-ports';
import type { FindingIdentity } from '../../core/finding';
import { ledgerTableName } from '../../core/names';
import type { InMemoryAws } from '../../test/faults/aws/in-memory-aws';
import { Hub } from '../../test/faults/hub';
import type { Invocation } from '../../test/faults/invocation';
import { randomFrom } from '../../test/faults/random';
import { resourceTypesUnderFaults } from '../../test/faults/resource-types/registry';
import { awsWithLedger } from '../../test/faults/support';
import { messageFor, testPolicy } from '../../test/support/findings';
import { type Pace, pace } from './paced';
import { type Bound, boundOf, WorkerTime } from './worker-time';

/** What there is to do, and who does it. More findings than workers: all of them have to be at work for a while. */
export interface Load {
  /** Groups and buckets in turn, each in the next account. */
  findings: number;
  accounts: number;
  /** Messages that are worked on at once. */
  workers: number;
  throttles?: Pace['throttles'];
}

/** What the workers came to. */
export interface Throughput {
  /** How many were fixed, when every message was dealt with; the sweep takes up what is left. */
  fixed: number;
  /** As long as messages were left for every worker. */
  fixesPerSecond: number;
  bound: Bound;
}

/** The most that a policy may allow. */
const fixesPerHour = { account: 4_999, organization: 5_000 };

/**
 * Has the real coordinator and the real remediation functions fix findings over an AWS in memory, on a virtual clock, with as many
 * messages at once as there are workers. The organization's tree is read before. The same load comes to the same on every machine.
 */
export async function throughputOf({ findings, accounts, workers, throttles }: Load): Promise<Throughput> {
  const aws = awsWithLedger({ latencyMilliseconds: 0 });
  const hub = new Hub(
    aws,
    policy,
    resourceTypesUnderFaults.map(({ adapter }) => adapter),
  );
  const accountIds = Array.from({ length: accounts }, (_, index) => String(300_000_000_000 + index));
  for (const id of accountIds) aws.organizations.addAccount(id);
  const identities = Array.from({ length: findings }, (_, index) =>
    identityOf(accountIds[index % accounts] ?? '', index),
  );
  for (const identity of identities) plant(aws, identity);
  const time = new WorkerTime();
  const restore = aws.install();
  try {
    await hub.message(messageFor(identityOf(accountIds[0] ?? '', findings)));
    const stop = pace(aws, {
      accountOf: accountsOf(hub),
      random: randomFrom(1),
      time,
      ...(throttles && { throttles }),
    });
    const begun = aws.clock.milliseconds;
    const waiting = identities.map((identity) => messageFor(identity));
    const untilNow = () => {
      const milliseconds = aws.clock.milliseconds - begun;
      time.total = workers * milliseconds;
      return { fixesPerSecond: (fixedIn(aws) * 1_000) / milliseconds, bound: boundOf(time) };
    };
    let allWorked: ReturnType<typeof untilNow> | undefined;
    const workThrough = async () => {
      for (let body = waiting.shift(); body !== undefined; body = waiting.shift()) {
        if (waiting.length === 0) allWorked = untilNow();
        await hub.message(body);
      }
    };
    await Promise.all(Array.from({ length: workers }, workThrough));
    stop();
    if (!allWorked) throw new Error('There is no finding to fix.');
    return { ...allWorked, fixed: fixedIn(aws) };
  } finally {
    restore();
  }
}

function fixedIn(aws: InMemoryAws): number {
  return aws.dynamoDb.peek(ledgerTableName).filter(({ state }) => state === 'fixed').length;
}

const policy: CompiledPolicy = {
  ...testPolicy,
  default: { flag: 'on', source: 'organization.yaml:9', controls: {} },
  accounts: {},
  limits: { ...testPolicy.limits, fixesPerHour },
  parameterDefaults: Object.fromEntries(customControls.map(({ id }) => [id, {}])),
};

function identityOf(accountId: string, number: number): FindingIdentity {
  const { id: control, resourceType } = number % 2 === 0 ? groupControl : bucketControl;
  const hex = number.toString(16).padStart(17, '0');
  return {
    accountId,
    region: 'eu-west-1',
    control,
    resourceType,
    resourceId: number % 2 === 0 ? `sg-${hex}` : `bucket-${hex}`,
  };
}

function plant(aws: InMemoryAws, identity: FindingIdentity): void {
  const { accountId, resourceId, resourceType } = identity;
  if (resourceType === groupControl.resourceType) {
    const permission = { IpProtocol: 'tcp', FromPort: 22, ToPort: 22, IpRanges: [{ CidrIp: '0.0.0.0/0' }] };
    aws.ec2.createGroup(resourceId, { accountId, permissions: [permission] });
    return;
  }
  const Grantee = { Type: 'Group' as const, URI: 'http://acs.amazonaws.com/groups/global/AllUsers' };
  aws.s3.createBucket(resourceId, { accountId, grants: [{ Grantee, Permission: 'READ' }] });
}

/** The account that a remediation function was asked to work in, by its invocation. */
function accountsOf({ requests }: Hub): (invocation: Invocation) => string {
  const known = new WeakMap<Invocation, string>();
  let seen = 0;
  return (invocation) => {
    for (const { invocation: of, request } of requests.slice(seen)) known.set(of, request.finding.accountId);
    seen = requests.length;
    return known.get(invocation) ?? '';
  };
}
