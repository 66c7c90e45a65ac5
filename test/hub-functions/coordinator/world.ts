import { EventBridgeClient } from '@aws-sdk/client-eventbridge';
import type { DynamoDBDocumentClient } from '@aws-sdk/lib-dynamodb';
import type { FindingIdentity } from '../../../contract/finding';
import { type Notice, noticeDetailType } from '../../../contract/notice';
import type { OrderAnswer } from '../../../contract/order';
import type { RemediationResult } from '../../../contract/remediation';
import type { RemediationReport } from '../../../contract/report';
import { Coordinator } from '../../../hub-functions/coordinator/coordinator';
import { ExemptionNotices } from '../../../hub-functions/coordinator/exemption-notices';
import { Gate } from '../../../hub-functions/coordinator/gate';
import { Orders } from '../../../hub-functions/coordinator/orders/orders';
import { UnknownAccountError } from '../../../hub-functions/coordinator/organization';
import { Outbox, publishNotice } from '../../../hub-functions/coordinator/outbox';
import { PolicyWatch } from '../../../hub-functions/coordinator/policy-watch';
import type { Answer } from '../../../hub-functions/coordinator/remediation-result';
import type { Assignment } from '../../../hub-functions/coordinator/remediator';
import { sweep } from '../../../hub-functions/coordinator/sweep';
import { Exemptions } from '../../../hub-functions/ledger/exemptions';
import { FixLimits } from '../../../hub-functions/ledger/fix-limits';
import { Ledger } from '../../../hub-functions/ledger/ledger';
import { Notices } from '../../../hub-functions/ledger/notices';
import { PolicyProgressStore } from '../../../hub-functions/ledger/policy-progress';
import { StopSwitch } from '../../../hub-functions/ledger/stop-switch';
import { TagSightings } from '../../../hub-functions/ledger/tag-sightings';
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
  readonly notices: Notice[] = [];
  /** What the account lies under, the nearest first. */
  path = [{ id: 'r-root' }];
  /** Names in the policy that the organization does not have. */
  missing: { key: string; source: string }[] = [];
  /** Whether the stop switch cannot be read by the coordinator. */
  switchUnreadable = false;
  readonly asked: Assignment[] = [];
  readonly logged: { message: string; details: Record<string, unknown> }[] = [];
  /** Whether the security group is open to the internet; undefined when it is gone. */
  open: boolean | undefined = true;
  /** Whether the bus takes events. */
  busDown = false;
  /** Happens instead of a pause of so many milliseconds. */
  whilePausing: (milliseconds: number) => void = () => {};
  /** Whether the closed resource is as the fix left it. */
  fixStands = true;
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
    const { policy, tableName } = this;
    const { now } = this.clock;
    const ledger = new Ledger(documents, tableName);
    const log = (message: string, details: Record<string, unknown>) => this.logged.push({ message, details });
    const events = stubbed(new EventBridgeClient({ region: 'eu-west-1' }), (_command, { Entries }) => {
      if (this.busDown) return { FailedEntryCount: 1, Entries: [{ ErrorCode: 'InternalFailure' }] };
      for (const { Detail, DetailType } of Entries as { Detail: string; DetailType: string }[]) {
        const heard: unknown[] = DetailType === noticeDetailType ? this.notices : this.reports;
        heard.push(JSON.parse(Detail));
      }
      return { FailedEntryCount: 0, Entries: [] };
    });
    const notices = new Notices(documents, tableName, (notice) => publishNotice(events, 'staunch', notice));
    const stopSwitch = new StopSwitch(documents, tableName);
    return {
      ledger,
      exemptions: new Exemptions(documents, tableName),
      sightings: new TagSightings(documents, tableName),
      outbox: new Outbox(events, 'staunch', ledger),
      notices,
      stopSwitch,
      progress: new PolicyProgressStore(documents, tableName),
      gate: new Gate({
        policy,
        ledger,
        stopSwitch: {
          stops: () => (this.switchUnreadable ? Promise.reject(new Error('Throttled')) : stopSwitch.stops()),
        },
        fixLimits: new FixLimits(documents, tableName),
        namedPlaces: { missingNames: async () => this.missing },
        notices,
        now,
      }),
      remediate: (assignment: Assignment) => {
        this.asked.push(assignment);
        return this.remediate(assignment);
      },
      policy,
      organization: {
        place: async (accountId: string) => {
          if (!this.members.includes(accountId)) throw new UnknownAccountError(`${accountId} is not there.`);
          return { accountId, path: this.organizationDown ? [] : this.path };
        },
      },
      findControl: (id: string) => this.controls.find((control) => control.id === id),
      log: { info: log, warn: log, error: log },
      now,
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
    const { ledger, notices, organization } = this.parts(documents);
    const { policy } = this;
    const { now } = this.clock;
    const log = { info: () => {}, warn: () => {}, error: () => {} };
    const progress = new PolicyProgressStore(documents, this.tableName);
    return sweep(
      {
        ledger,
        coordinator,
        notices,
        exemptionNotices: new ExemptionNotices(policy, notices, now),
        policyWatch: new PolicyWatch({ policy, organization, ledger, progress, now }),
        log,
        now,
      },
      plenty,
    );
  }

  latest(identity: FindingIdentity = testIdentity) {
    return this.ledger.latest(identity);
  }

  /** `mode`s that were asked of the remediation function, in order. */
  get modes(): string[] {
    return this.asked.map(({ mode }) => mode);
  }

  /** What a remediation function does to the one security group. */
  play({ mode, tellFixStands }: Assignment): RemediationResult {
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
    if (!this.open) return answer('already-compliant', tellFixStands ? { fixStands: this.fixStands } : {});
    if (mode === 'plan') return answer('planned');
    this.open = false;
    return answer('fixed');
  }
}
