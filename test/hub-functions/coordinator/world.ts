import { EventBridgeClient } from '@aws-sdk/client-eventbridge';
import type { DynamoDBDocumentClient } from '@aws-sdk/lib-dynamodb';
import type { FindingIdentity } from '../../../contract/finding';
import type { OrderAnswer } from '../../../contract/order';
import type { RemediationResult } from '../../../contract/remediation';
import type { RemediationReport } from '../../../contract/report';
import { Coordinator } from '../../../hub-functions/coordinator/coordinator';
import { Orders } from '../../../hub-functions/coordinator/orders/orders';
import { UnknownAccountError } from '../../../hub-functions/coordinator/organization';
import { Outbox } from '../../../hub-functions/coordinator/outbox';
import type { Answer } from '../../../hub-functions/coordinator/remediation-result';
import type { Assignment } from '../../../hub-functions/coordinator/remediator';
import { sweep } from '../../../hub-functions/coordinator/sweep';
import { Exemptions } from '../../../hub-functions/ledger/exemptions';
import { Ledger } from '../../../hub-functions/ledger/ledger';
import { TestClock } from '../../support/clock';
import {
  accounts,
  answer,
  mendedEvent,
  messageFor,
  testControl,
  testIdentity,
  testPolicy,
} from '../../support/findings';
import { stubbed } from '../../support/stubbed-client';

/** What one invocation of the coordinator has left; as in Lambda it is plenty at the start. */
const plenty = () => 180_000;

/**
 * A hub around a real ledger: one security group that is open or not, a bus that keeps what it takes, and a clock. The
 * remediation function is played by `remediate`, which a test may replace.
 */
export class World {
  readonly clock = new TestClock();
  readonly reports: RemediationReport[] = [];
  readonly asked: Assignment[] = [];
  readonly logged: { message: string; details: Record<string, unknown> }[] = [];
  /** Whether the security group is open to the internet; undefined when it is gone. */
  open: boolean | undefined = true;
  /** Whether the bus takes events. */
  busDown = false;
  /** Happens instead of a pause of so many milliseconds. */
  whilePausing: (milliseconds: number) => void = () => {};
  controls = [testControl];
  members: string[] = Object.values(accounts);
  organizationDown = false;
  policy = testPolicy;
  remediate = async (assignment: Assignment): Promise<Answer> => this.play(assignment);
  private holders = 0;
  readonly ledger: Ledger;

  constructor(
    private readonly documents: DynamoDBDocumentClient,
    private readonly tableName: string,
  ) {
    this.ledger = new Ledger(documents, tableName);
  }

  /** A coordinator as a fresh invocation makes it; another document client can crash it. */
  coordinator(documents = this.documents): Coordinator {
    return new Coordinator(this.parts(documents));
  }

  /** A person gives an order. */
  order(order: unknown, documents = this.documents, remaining = plenty): Promise<OrderAnswer> {
    return new Orders(this.parts(documents)).take(order, remaining);
  }

  private parts(documents: DynamoDBDocumentClient) {
    const ledger = new Ledger(documents, this.tableName);
    const log = (message: string, details: Record<string, unknown>) => this.logged.push({ message, details });
    const events = stubbed(new EventBridgeClient({ region: 'eu-west-1' }), (_command, { Entries }) => {
      if (this.busDown) return { FailedEntryCount: 1, Entries: [{ ErrorCode: 'InternalFailure' }] };
      for (const { Detail } of Entries as { Detail: string }[]) this.reports.push(JSON.parse(Detail));
      return { FailedEntryCount: 0, Entries: [] };
    });
    return {
      ledger,
      exemptions: new Exemptions(documents, this.tableName),
      outbox: new Outbox(events, 'staunch', ledger),
      remediate: (assignment: Assignment) => {
        this.asked.push(assignment);
        return this.remediate(assignment);
      },
      policy: this.policy,
      organization: {
        path: async (accountId: string) => {
          if (!this.members.includes(accountId)) throw new UnknownAccountError(`${accountId} is not there.`);
          return this.organizationDown ? [] : ['r-root'];
        },
      },
      findControl: (id: string) => this.controls.find((control) => control.id === id),
      log: { info: log, warn: log, error: log },
      now: this.clock.now,
      newHolder: () => `worker-${++this.holders}`,
      pause: async (milliseconds: number) => this.whilePausing(milliseconds),
    };
  }

  /** A message arrives. */
  receive(identity: FindingIdentity = testIdentity, documents = this.documents): Promise<void> {
    return this.coordinator(documents).receive(messageFor(identity), plenty);
  }

  /** AWS Config's word that the resource complies again, or is gone. */
  hearMended(identity: FindingIdentity = testIdentity): Promise<void> {
    return this.coordinator(this.documents).receive(mendedEvent(identity), plenty);
  }

  /** The schedule fires. */
  sweep(documents = this.documents): Promise<{ resumed: number; failed: number }> {
    const coordinator = this.coordinator(documents);
    const log = { info: () => {}, warn: () => {}, error: () => {} };
    const ledger = new Ledger(documents, this.tableName);
    return sweep({ ledger, coordinator, log, now: this.clock.now }, plenty);
  }

  latest(identity: FindingIdentity = testIdentity) {
    return this.ledger.latest(identity);
  }

  /** `mode`s that were asked of the remediation function, in order. */
  get modes(): string[] {
    return this.asked.map(({ mode }) => mode);
  }

  /** What a remediation function does to the one security group. */
  play({ mode }: Assignment): RemediationResult {
    if (this.open === undefined) return answer('gone');
    if (mode === 'undo') {
      this.open = true;
      return {
        ...answer('undone'),
        violations: answer('planned').violations,
        plan: answer('planned').plan,
        applied: 1,
      } as RemediationResult;
    }
    if (!this.open) return answer('already-compliant');
    if (mode === 'plan') return answer('planned');
    this.open = false;
    return answer('fixed');
  }
}
