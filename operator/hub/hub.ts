import { OrganizationsClient } from '@aws-sdk/client-organizations';
import { SQSClient } from '@aws-sdk/client-sqs';
import { GetCallerIdentityCommand, STSClient } from '@aws-sdk/client-sts';
import { realWaiting } from '../../core/jittered';
import { ledgerTableName, savedStatesTableName } from '../../core/names';
import type { PatrolMessage } from '../../core/patrol-message';
import { CoverageStore } from '../../ledger/coverage/coverage';
import { Exemptions } from '../../ledger/findings/exemptions';
import { Ledger } from '../../ledger/findings/ledger';
import { TagSightings } from '../../ledger/findings/tag-sightings';
import { FixLimits } from '../../ledger/limits/fix-limits';
import { LiftedLimitsStore } from '../../ledger/limits/lifted-limits';
import { StopSwitch } from '../../ledger/limits/stop-switch';
import { KeptTree } from '../../ledger/organization/kept-tree';
import { type OrganizationTree, treeOf } from '../../ledger/organization/organization-tree';
import type { PlaceNames } from '../../ledger/organization/place-names';
import { PolicyNames } from '../../ledger/organization/policy-names';
import { UnreachableAccounts } from '../../ledger/organization/unreachable-accounts';
import { SavedStates } from '../../ledger/saved/saved-states';
import { ledgerDocuments } from '../../ledger/table/documents';
import { DoorFindings } from '../findings/door-findings';
import type { FindingSource } from '../findings/finding-source';
import { LedgerFindings } from '../findings/ledger-findings';
import type { Host } from '../host';
import { sendPatrols } from '../patrol/send-patrols';
import type { OrderedHub } from './asked-hub';
import { Door, type DoorPlace } from './door/door';
import { type Caller, explained, type HubPart } from './hub-error';

/** A hub, reached with the credentials that the SDK finds. */
export class Hub implements OrderedHub {
  readonly ledger: Ledger;
  readonly savedStates: SavedStates;
  readonly exemptions: Exemptions;
  readonly sightings: TagSightings;
  readonly fixLimits: FixLimits;
  readonly unreachableAccounts: UnreachableAccounts;
  readonly stopSwitch: StopSwitch;
  readonly liftedLimits: LiftedLimitsStore;
  readonly coverage: CoverageStore;
  readonly policyNames: Pick<PolicyNames, 'read'>;
  readonly organizations: OrganizationsClient;
  /** Where findings are read: by the door where its URL was given, or else in the ledger itself. */
  readonly findings: FindingSource;
  private readonly documents;
  private readonly keptTree: KeptTree;
  private readonly door: Door;
  private readonly sqs: SQSClient;
  private readonly sts: STSClient;

  /**
   * @param region of the hub
   * @param host of the face that asks
   * @param door where orders go
   */
  constructor(
    readonly region: string,
    readonly host: Host,
    door: DoorPlace = {},
  ) {
    this.documents = ledgerDocuments({ region });
    this.ledger = new Ledger(this.documents, ledgerTableName);
    this.savedStates = new SavedStates(this.documents, savedStatesTableName);
    this.exemptions = new Exemptions(this.documents, ledgerTableName);
    this.sightings = new TagSightings(this.documents, ledgerTableName);
    this.fixLimits = new FixLimits(this.documents, ledgerTableName, realWaiting);
    this.unreachableAccounts = new UnreachableAccounts(this.documents, ledgerTableName, () => 0);
    this.stopSwitch = new StopSwitch(this.documents, ledgerTableName);
    this.liftedLimits = new LiftedLimitsStore(this.documents, ledgerTableName);
    this.coverage = new CoverageStore(this.documents, ledgerTableName);
    this.policyNames = new PolicyNames(this.documents, ledgerTableName);
    this.keptTree = new KeptTree(this.documents, ledgerTableName);
    // Organizations throttles early; a large one takes many requests, which the client then spaces out by itself:
    // https://docs.aws.amazon.com/sdkref/latest/guide/feature-retry-behavior.html
    this.organizations = new OrganizationsClient({ region, maxAttempts: 10, retryMode: 'adaptive' });
    this.sts = new STSClient({ region });
    // An endpoint from the environment, as the sandbox gives one, counts before the queue's address.
    this.sqs = new SQSClient({ region, useQueueUrlAsEndpoint: false });
    this.door = new Door(region, door, (question) => this.ask('orders URL', question));
    this.findings = door.url ? new DoorFindings(this) : new LedgerFindings(this);
  }

  /** Whose credentials these are. Needs no permission: https://docs.aws.amazon.com/STS/latest/APIReference/API_GetCallerIdentity.html */
  async caller(): Promise<Caller> {
    const { Account: account = '', Arn: arn = '' } = await this.sts.send(new GetCallerIdentityCommand({}));
    return { account, arn };
  }

  /** What accounts and units are called, as far as whoever asks may know it. */
  names(): Promise<PlaceNames> {
    return this.findings.names();
  }

  /** The organization's tree that the hub keeps in the ledger; undefined where none is, or it cannot be understood. */
  async tree(): Promise<OrganizationTree | undefined> {
    const { kept } = await this.keptTree.head();
    const content = kept && (await this.keptTree.load(kept));
    if (content === undefined || kept === undefined) return undefined;
    return treeOf(content, { readAt: new Date(kept.readAt), tookMilliseconds: kept.tookMilliseconds });
  }

  /** Puts messages on the patrol's queue; `sendPatrols` says how. */
  patrol: (messages: readonly PatrolMessage[]) => Promise<void> = async (messages) => {
    const { account } = await this.caller();
    await sendPatrols(this.sqs, { account, region: this.region }, messages);
  };

  /** Gives an order by the door; `sendOrder` says what comes of it. */
  order: Door['send'] = (order) => this.door.send(order);

  /**
   * Asks a part of the hub.
   * @throws HubError for everything that can go wrong between here and there
   * @throws OperatorError for a record of the ledger that cannot be understood
   */
  async ask<Answer>(part: HubPart, question: () => Promise<Answer>): Promise<Answer> {
    try {
      return await question();
    } catch (error) {
      throw await explained(error, { part, region: this.region, caller: () => this.caller() });
    }
  }

  /** Closes connections. */
  close(): void {
    this.documents.destroy();
    this.organizations.destroy();
    this.sts.destroy();
    this.door.close();
    this.sqs.destroy();
  }
}

/** Does something with the hub, and closes its connections. */
export async function withHub<Answer>(
  { region, door }: { region: string; door: DoorPlace },
  host: Host,
  use: (hub: Hub) => Promise<Answer>,
): Promise<Answer> {
  const hub = new Hub(region, host, door);
  try {
    return await use(hub);
  } finally {
    hub.close();
  }
}
