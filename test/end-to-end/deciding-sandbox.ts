import { AuthorizeSecurityGroupIngressCommand, CreateSecurityGroupCommand } from '@aws-sdk/client-ec2';
import type { RemediationRequest } from '../../core/remediation';
import type { FindingRecord } from '../../ledger/findings/record';
import type { AccountClients } from '../../sandbox/account-clients';
import type { ApiAnswer, ApiCall } from '../../sandbox/gateway/api';
import type { Sandbox } from '../../sandbox/sandbox';
import type { RecordParts } from '../support/records';
import { decidingPolicy } from './deciding-policy';
import { byStaunch, calm, eventsOf, patience, recordsOf, startTestSandbox, until } from './support';

export const minute = 60_000;
export const hour = 60 * minute;

/** A sandbox with `decidingPolicy`, in which time can pass, and what its tests see of it. */
export class DecidingSandbox {
  /** How far the functions' clocks are ahead. */
  passed = 0;
  /** Every call of a session of the role that fixes, but for those that read. */
  readonly writes: ApiCall[] = [];
  /** Resource ids of every request to fix something. */
  readonly fixes: string[] = [];
  /** Called after each call, before the caller hears of it. */
  between: (call: ApiCall, answer: ApiAnswer) => Promise<unknown> = async () => {};
  private started: Sandbox | undefined;

  get sandbox(): Sandbox {
    if (!this.started) throw new Error('The sandbox is not up yet');
    return this.started;
  }

  async start(): Promise<void> {
    const sandbox = await startTestSandbox({ retryTimeScale: 360, policy: decidingPolicy });
    sandbox.gateway.afterCall(async (call, answer) => {
      if (call.service === 'lambda' && call.operation === 'Invoke') {
        const request: Partial<RemediationRequest> = JSON.parse(call.body.toString());
        if (request.mode === 'apply' && request.finding) this.fixes.push(request.finding.resourceId);
      }
      if (byStaunch(call) && !/^(Get|Describe|Lookup|List)/.test(call.operation)) this.writes.push(call);
      await this.between(call, answer);
    });
    this.started = sandbox;
  }

  /** Leaves nothing running for the next test, which has the limits to itself. */
  async afterEach(): Promise<void> {
    this.between = async () => {};
    await calm(this.sandbox);
    // What the test has used up of the limits is free again.
    this.pass(hour);
  }

  async stop(): Promise<void> {
    await this.started?.stop();
  }

  readonly pass = (milliseconds: number): void => {
    this.passed += milliseconds;
    this.sandbox.passTime(milliseconds);
  };

  /** The latest occurrence of a resource's finding. */
  readonly latest = async (resourceId: string): Promise<FindingRecord | undefined> =>
    (await recordsOf(this.sandbox))
      .filter(({ identity }) => identity.resourceId === resourceId)
      .toSorted((one, other) => one.occurrence - other.occurrence)
      .at(-1);

  /** Waits until the finding is as described, and returns it. */
  readonly becomes = async (
    resourceId: string,
    expected: Pick<RecordParts, 'state' | 'occurrence' | 'heldBy'>,
  ): Promise<FindingRecord> => {
    let record: FindingRecord | undefined;
    await until(this.sandbox, `${resourceId} became ${JSON.stringify(expected)}`, async () => {
      record = await this.latest(resourceId);
      return Object.entries(expected).every(([key, value]) => {
        return (record as RecordParts | undefined)?.[key as keyof RecordParts] === value;
      });
    });
    if (record === undefined) throw new Error(`There is no finding of ${resourceId}`);
    return record;
  };

  /** What the channel was told that holds this text. */
  readonly told = (text: string) =>
    eventsOf(this.sandbox, 'slack').filter(
      (event) => !event.edited && JSON.stringify([event.text, event.blocks]).includes(text),
    );

  /** Waits until the channel was told of this, so often. */
  readonly untilTold = (text: string, times = 1): Promise<void> =>
    until(this.sandbox, `the channel was told: ${text}`, () => this.told(text).length === times);
}

/** A deciding sandbox for a test file: up before its tests, down after them. */
export function decidingSandbox(): DecidingSandbox {
  const deciding = new DecidingSandbox();
  beforeAll(() => deciding.start(), patience);
  afterAll(() => deciding.stop());
  afterEach(() => deciding.afterEach(), patience);
  return deciding;
}

/** A permission that lets the world in on a port. */
export const open = (port: number) => ({
  IpProtocol: 'tcp',
  FromPort: port,
  ToPort: port,
  IpRanges: [{ CidrIp: '0.0.0.0/0' }],
});

/** Port 22 that is open to the world, as `ingressOf` has it. */
export const ssh = 'tcp 22 0.0.0.0/0';

/** Lets the world in on a port of a group. */
export const allow = ({ ec2 }: AccountClients, GroupId: string, port = 22) =>
  ec2.send(new AuthorizeSecurityGroupIngressCommand({ GroupId, IpPermissions: [open(port)] }));

let groups = 0;

/** A group that lets nobody in. */
export async function newGroup({ ec2 }: AccountClients): Promise<string> {
  groups += 1;
  const GroupName = `policy-${groups}`;
  const { GroupId = '' } = await ec2.send(
    new CreateSecurityGroupCommand({ GroupName, Description: GroupName }),
  );
  return GroupId;
}

/** A group that lets the world in on port 22. */
export async function openGroup(clients: AccountClients): Promise<string> {
  const groupId = await newGroup(clients);
  await allow(clients, groupId);
  return groupId;
}
