import { EventBridgeClient } from '@aws-sdk/client-eventbridge';
import { OrganizationsClient } from '@aws-sdk/client-organizations';
import { STSClient } from '@aws-sdk/client-sts';
import type { CompiledPolicy } from '../../config/compiled';
import { factsOfType } from '../../controls/facts';
import { controlById } from '../../controls/registry';
import type { Actor } from '../../core/actor';
import { eventBusName, ledgerTableName, savedStatesTableName } from '../../core/names';
import { Gate } from '../../hub-functions/coordinator/deciding/gate';
import { Coordinator } from '../../hub-functions/coordinator/intake/coordinator';
import { remediationClient } from '../../hub-functions/coordinator/member/invoke';
import { memberRemediator } from '../../hub-functions/coordinator/member/remediator';
import { tryMemberRole } from '../../hub-functions/coordinator/member/session';
import { GivenOrders } from '../../hub-functions/coordinator/orders/given-orders';
import { Orders } from '../../hub-functions/coordinator/orders/orders';
import { BoundNames } from '../../hub-functions/coordinator/organization/bound-names';
import { Organization } from '../../hub-functions/coordinator/organization/organization';
import { backoffMilliseconds } from '../../hub-functions/coordinator/recording/backoff';
import { AccountProbes } from '../../hub-functions/coordinator/sweep/account-probes';
import { PolicyWatch } from '../../hub-functions/coordinator/sweep/policy-watch';
import { type SweepCounts, sweep } from '../../hub-functions/coordinator/sweep/sweep';
import { Thawing } from '../../hub-functions/coordinator/sweep/thawing';
import { Waking } from '../../hub-functions/coordinator/sweep/waking';
import { BaselineDigests } from '../../hub-functions/coordinator/telling/baseline-digests';
import { DailySummary } from '../../hub-functions/coordinator/telling/daily-summary';
import { EndedLiftings } from '../../hub-functions/coordinator/telling/ended-liftings';
import { EndedPauses } from '../../hub-functions/coordinator/telling/ended-pauses';
import { ExemptionNotices } from '../../hub-functions/coordinator/telling/exemption-notices';
import { FailureSummaries } from '../../hub-functions/coordinator/telling/failure-summaries';
import { NameNotices } from '../../hub-functions/coordinator/telling/name-notices';
import { Outbox, publishNotice } from '../../hub-functions/coordinator/telling/outbox';
import { ProposalNotices } from '../../hub-functions/coordinator/telling/proposal-notices';
import type { Remaining } from '../../hub-functions/coordinator/time-limits';
import { invokingClient } from '../../hub-functions/invoking-client';
import { Door } from '../../hub-functions/orders/door';
import { doorParts } from '../../hub-functions/orders/parts';
import { CoverageStore } from '../../ledger/coverage/coverage';
import { Exemptions } from '../../ledger/findings/exemptions';
import { Ledger } from '../../ledger/findings/ledger';
import { PolicyProgressStore } from '../../ledger/findings/policy-progress';
import { TagSightings } from '../../ledger/findings/tag-sightings';
import { Baselines } from '../../ledger/limits/baselines';
import { FixLimits } from '../../ledger/limits/fix-limits';
import { FrozenLists } from '../../ledger/limits/frozen-lists';
import { LiftedLimitsStore } from '../../ledger/limits/lifted-limits';
import { StopSwitch } from '../../ledger/limits/stop-switch';
import { WaitingScopes } from '../../ledger/limits/waiting-scopes';
import { KeptOrders } from '../../ledger/orders/orders';
import { Proposals } from '../../ledger/orders/proposals';
import { KeptTree } from '../../ledger/organization/kept-tree';
import { PolicyNames } from '../../ledger/organization/policy-names';
import { UnknownAccounts } from '../../ledger/organization/unknown-accounts';
import { UnreachableAccounts } from '../../ledger/organization/unreachable-accounts';
import { SavedStates } from '../../ledger/saved/saved-states';
import { ledgerDocuments } from '../../ledger/table/documents';
import { KeyedReads } from '../../ledger/table/keyed-reads';
import { Notices } from '../../ledger/told/notices';
import { SummaryProgressStore } from '../../ledger/told/summary-progress';
import { ToldCoverageStore } from '../../ledger/told/told-coverage';
import { ToldFailures } from '../../ledger/told/told-failures';
import { resourceTypes } from '../../resources/resource-types';
import type { InMemoryAws } from './aws/in-memory-aws';

// Each has its `send` replaced; what makes them takes longer than a whole run.
process.env.AWS_REGION ??= 'eu-west-1';
const region = 'eu-west-1';
const documents = ledgerDocuments({ region });
const events = new EventBridgeClient({ region });
const organizations = new OrganizationsClient({ region });
const sts = new STSClient({ region });
const lambda = remediationClient();
/** The orders function's. */
const waiting = invokingClient(30_000);
const log = { info() {}, warn() {}, error() {} };

/** What one process of the coordinator holds. */
export interface CoordinatorProcess {
  receive(body: string, remaining: Remaining, sentAt?: Date): Promise<void>;
  order(event: unknown, remaining: Remaining): ReturnType<GivenOrders['take']>;
  sweep(remaining: Remaining): Promise<SweepCounts>;
}

/**
 * A new process of the coordinator, composed of the parts of `hub-functions/coordinator/handler.ts` in the same way.
 * @param random from 0 up to 1; also names holders
 */
export function coordinatorProcess(
  aws: InMemoryAws,
  policy: CompiledPolicy,
  random: () => number,
): CoordinatorProcess {
  const { now, pause } = aws.clock;
  const waiting = { pause, random };
  const newHolder = () => `worker-${Math.floor(random() * 2 ** 32).toString(16)}`;
  const ledger = new Ledger(documents, ledgerTableName, waiting);
  const organization = new Organization({
    client: organizations,
    kept: new KeptTree(documents, ledgerTableName),
    names: new BoundNames(policy, new PolicyNames(documents, ledgerTableName)),
    unknownAccounts: new UnknownAccounts(documents, ledgerTableName),
    now,
    ...waiting,
    newHolder,
    onRefreshFailed: () => {},
  });
  const names = () => organization.names();
  const notices = new Notices(
    documents,
    ledgerTableName,
    (notice) => publishNotice(events, eventBusName, notice),
    undefined,
    names,
  );
  const keyedReads = new KeyedReads(documents, ledgerTableName, waiting);
  const stopSwitch = new StopSwitch(documents, ledgerTableName);
  const fixLimits = new FixLimits(documents, ledgerTableName, waiting);
  const waitingScopes = new WaitingScopes(documents, ledgerTableName);
  const unreachableAccounts = new UnreachableAccounts(documents, ledgerTableName, backoffMilliseconds);
  const toldFailures = new ToldFailures(documents, ledgerTableName);
  const progress = new PolicyProgressStore(documents, ledgerTableName);
  const namedPlaces = organization;
  const coverage = new CoverageStore(documents, ledgerTableName, waiting);
  const liftedLimits = new LiftedLimitsStore(documents, ledgerTableName);
  const frozenLists = new FrozenLists(documents, ledgerTableName);
  const baselines = new Baselines(documents, ledgerTableName);
  const gate = new Gate({
    policy,
    ledger,
    keyedReads,
    coverage,
    liftedLimits,
    stopSwitch,
    fixLimits,
    namedPlaces,
    unreachableAccounts,
    notices,
    now,
    ...waiting,
  });
  const parts = {
    ledger,
    keyedReads,
    exemptions: new Exemptions(documents, ledgerTableName),
    sightings: new TagSightings(documents, ledgerTableName),
    savedStates: new SavedStates(documents, savedStatesTableName),
    waitingScopes,
    outbox: new Outbox(events, eventBusName, ledger),
    names,
    remediate: memberRemediator(sts, lambda, unreachableAccounts, now),
    unreachableAccounts,
    toldFailures,
    baselines,
    coverage,
    liftedLimits,
    frozenLists,
    gate,
    stopSwitch,
    notices,
    policy,
    organization,
    findControl: controlById,
    controlsOf: factsOfType,
    askForPatrol: async () => {},
    trailsSeen: { note: async () => {} },
    probes: { arrived: async () => false },
    log,
    now,
    newHolder,
    ...waiting,
  };
  const proposals = new Proposals(documents, ledgerTableName);
  const sweepParts = {
    ledger,
    notices,
    waking: new Waking({ ...parts, fixLimits, namedPlaces }),
    chores: [
      { run: () => organization.keepUp() },
      new AccountProbes({
        unreachableAccounts,
        organization,
        ledger,
        notices,
        tryRole: (accountId, role) => tryMemberRole(sts, accountId, role),
        now,
      }),
      new FailureSummaries(toldFailures, notices, now),
      new NameNotices(organization, notices, now),
      new EndedPauses(stopSwitch, notices, now),
      new ProposalNotices({ ledger, proposals, notices, log, now }),
      new EndedLiftings(liftedLimits, notices, now),
      new BaselineDigests({
        policy,
        resourceTypes: Object.keys(resourceTypes),
        baselines,
        coverage,
        notices,
        now,
      }),
      new ExemptionNotices(policy, notices, now),
      new DailySummary({
        policy,
        ledger,
        progress: new SummaryProgressStore(documents, ledgerTableName),
        told: new ToldCoverageStore(documents, ledgerTableName),
        notices,
        log,
        now,
      }),
      new PolicyWatch({ policy, organization, ledger, progress, log, now }),
      new Thawing({ policy, ledger, waitingScopes, frozenLists, progress, notices, now }),
    ],
    log,
    now,
  };
  const coordinator = new Coordinator(parts);
  const kept = new KeptOrders(documents, ledgerTableName);
  const orders = new GivenOrders({ ...parts, kept, orders: new Orders(parts) });
  return {
    receive: (body, remaining, sentAt) => coordinator.receive(body, remaining, sentAt),
    order: (event, remaining) => orders.take(event, remaining),
    sweep: (remaining) => sweep({ ...sweepParts, coordinator }, remaining),
  };
}

/**
 * A new process of the orders function, of the parts of `hub-functions/orders/handler.ts`.
 * @param random from 0 up to 1; names cursors
 */
export function ordersProcess(aws: InMemoryAws, policy: CompiledPolicy, random: () => number): Door {
  const { now, pause } = aws.clock;
  const newKey = () => uuidFrom(random);
  const surroundings = {
    policy,
    documents,
    ledgerTable: ledgerTableName,
    savedStatesTable: savedStatesTableName,
    lambda: waiting,
    now,
    pause,
    // Time does not move on for its sake.
    after: (milliseconds: number, fire: () => void) => aws.clock.after(milliseconds, fire, { drives: false }),
    asOfNow: async (actor: Actor) => actor,
    newKey,
    log,
  };
  return new Door(doorParts(surroundings));
}

/** A UUID of such numbers. @param random from 0 up to 1 */
export function uuidFrom(random: () => number): string {
  const hex = Array.from({ length: 32 }, () => Math.floor(random() * 16).toString(16)).join('');
  return hex.replace(/^(.{8})(.{4})(.{4})(.{4})/, '$1-$2-$3-$4-');
}

/** The stop switch as a remediation function reads it. */
export const stopSwitch = new StopSwitch(documents, ledgerTableName);
