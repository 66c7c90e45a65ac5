import type { CompiledPolicy } from '../../../config/compiled';
import { control } from '../../../controls/security-group-open-ports';
import { type FindingIdentity, findingKey } from '../../../core/finding';
import { ledgerTableName } from '../../../core/names';
import { type Notice, noticeDetailType } from '../../../core/notice';
import { type Flag, type RemediationReport, reportDetailType } from '../../../core/report';
import type { FindingState } from '../../../core/states';
import type { FindingRecord } from '../../../ledger/findings/record';
import { parseFindingRecord } from '../../../ledger/findings/record-item';
import { heldByOf } from '../../../ledger/findings/record-parts';
import { securityGroupAdapter } from '../../../resources/security-group/adapter';
import { messageFor, testPolicy } from '../../support/findings';
import { peopleWith } from '../../support/orderers';
import type { InMemoryAws } from '../aws/in-memory-aws';
import { Hub } from '../hub';
import { awsWithLedger } from '../support';

/** Where the real findings lie. */
const realAccounts = [1, 2, 3, 4, 5, 6, 7, 8].map((number) => `30000000000${number}`);
/** An account of the organization in which nothing of Staunch was rolled out. */
const bareAccount = '400000000001';
const enough = 5_000;

const level = (flag: Flag) => ({ flag, source: 'organization.yaml:9', controls: {} });

/** So many findings of either kind. */
export interface FloodSizes {
  real: number;
  forged: number;
}

/** A hub that is flooded: real dangers in several accounts, and beside them messages that somebody made up about another one. */
export class Flood {
  readonly aws: InMemoryAws = awsWithLedger();
  /** Another one after `deploy`. */
  hub: Hub;
  readonly real: readonly FindingIdentity[];
  readonly forged: readonly FindingIdentity[];
  policy: CompiledPolicy;

  /**
   * @param flag of the accounts in which the real ones lie
   * @param limits in place of some
   */
  constructor(
    { real, forged }: FloodSizes,
    private readonly flag: Flag = 'on',
    limits: Partial<CompiledPolicy['limits']> = {},
  ) {
    this.policy = {
      ...testPolicy,
      people: peopleWith(),
      default: level('on'),
      accounts: Object.fromEntries(realAccounts.map((id) => [id, level(flag)])),
      limits: {
        fixesPerHour: { account: enough - 1, organization: enough },
        failuresPerHour: 10,
        openFindings: 500,
        concurrency: 50,
        ...limits,
      },
    };
    this.hub = new Hub(this.aws, this.policy, [securityGroupAdapter()]);
    for (const id of [...realAccounts, bareAccount]) this.aws.organizations.addAccount(id);
    this.aws.sts.isRefused = (accountId) => accountId === bareAccount;
    this.real = Array.from({ length: real }, (_, index) =>
      identityOf(realAccounts[index % realAccounts.length] ?? '', index),
    );
    this.forged = Array.from({ length: forged }, (_, index) => identityOf(bareAccount, real + index));
    for (const identity of this.real) this.plant(identity);
  }

  /** Another policy is deployed. */
  deploy(changes: Partial<CompiledPolicy>): void {
    this.policy = { ...this.policy, ...changes };
    this.hub = new Hub(this.aws, this.policy, [securityGroupAdapter()]);
  }

  /** Another policy is deployed, under which the accounts of the real findings have another flag. */
  switchTo(flag: Flag): void {
    this.deploy({ accounts: Object.fromEntries(realAccounts.map((id) => [id, level(flag)])) });
  }

  /** Makes a danger. */
  plant({ accountId, resourceId }: FindingIdentity): void {
    const permission = { IpProtocol: 'tcp', FromPort: 22, ToPort: 22, IpRanges: [{ CidrIp: '0.0.0.0/0' }] };
    this.aws.ec2.createGroup(resourceId, { accountId, permissions: [permission] });
  }

  /** Staunch's roles arrive in the account that had none. */
  rollOut(): void {
    this.aws.sts.isRefused = () => false;
  }

  /** A new danger arises in an account, and its message arrives. */
  async arise(accountId: string, number: number): Promise<FindingIdentity> {
    const identity = identityOf(accountId, number);
    this.plant(identity);
    await this.hub.message(messageFor(identity));
    return identity;
  }

  /** All messages arrive, those of either kind in turns. */
  async arrive(): Promise<void> {
    for (let index = 0; index < Math.max(this.real.length, this.forged.length); index += 1) {
      for (const identity of [this.forged[index], this.real[index]]) {
        if (identity) await this.hub.message(messageFor(identity));
      }
    }
  }

  /** Some turns of the sweep, a minute apart. */
  async turns(count: number): Promise<void> {
    for (let turn = 0; turn < count; turn += 1) await this.hub.goOn(1);
  }

  /** What becomes of the real findings. */
  get decided(): FindingState {
    return this.flag === 'on' ? 'fixed' : 'reported';
  }

  /** @returns after how many turns of the sweep every real finding is decided */
  async turnsUntilDecided(): Promise<number> {
    let turns = 0;
    while (this.statesOf(this.real)[this.decided] !== this.real.length) {
      if (turns >= 60)
        throw new Error(`Not decided after an hour: ${JSON.stringify(this.statesOf(this.real))}`);
      await this.hub.goOn(1);
      turns += 1;
    }
    return turns;
  }

  /** How many findings are in each state; `none` counts those that the ledger does not have. */
  statesOf(identities: readonly FindingIdentity[]): Record<string, number> {
    const records = this.records();
    const counts: Record<string, number> = {};
    for (const identity of identities) {
      const record = records.get(findingKey(identity));
      const heldBy = record && heldByOf(record);
      const state = heldBy === undefined ? (record?.state ?? 'none') : `held for ${heldBy}`;
      counts[state] = (counts[state] ?? 0) + 1;
    }
    return counts;
  }

  /** The resources of which a fix was begun, each once. */
  get touched(): Set<string> {
    const asked = this.hub.requests.filter(({ request }) => request.mode === 'apply');
    return new Set(asked.map(({ request }) => request.finding.resourceId));
  }

  /** The reports of findings. */
  get reports(): RemediationReport[] {
    return this.events(reportDetailType) as RemediationReport[];
  }

  /** The notices. */
  get notices(): Notice[] {
    return this.events(noticeDetailType) as Notice[];
  }

  /** How many calls of AWS were made, by command. */
  calls(command: string): number {
    return this.aws.calls.made.filter((call) => call.command === command).length;
  }

  private events(detailType: string): unknown[] {
    return this.aws.eventBridge.events
      .filter((event) => event.detailType === detailType)
      .map(({ detail }) => detail);
  }

  private records(): Map<string, FindingRecord> {
    return new Map(
      this.aws.dynamoDb
        .peek(ledgerTableName)
        .filter(({ record }) => String(record).startsWith('occurrence#'))
        .map((item) => [String(item.finding), parseFindingRecord(item, ledgerTableName)]),
    );
  }
}

/** Plays something in an AWS that is installed meanwhile. */
export async function inFlood<Result>(flood: Flood, play: () => Promise<Result>): Promise<Result> {
  const restore = flood.aws.install();
  try {
    return await play();
  } finally {
    restore();
  }
}

function identityOf(accountId: string, number: number): FindingIdentity {
  return {
    accountId,
    region: 'eu-west-1',
    control: control.id,
    resourceType: control.resourceType,
    resourceId: `sg-${number.toString(16).padStart(17, '0')}`,
  };
}
