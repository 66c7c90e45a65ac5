import { randomUUID } from 'node:crypto';
import { readFileSync } from 'node:fs';
import { join } from 'node:path';
import { BatchProcessor, EventType, processPartialResponse } from '@aws-lambda-powertools/batch';
import { Logger } from '@aws-lambda-powertools/logger';
import { EventBridgeClient } from '@aws-sdk/client-eventbridge';
import { OrganizationsClient } from '@aws-sdk/client-organizations';
import { SQSClient } from '@aws-sdk/client-sqs';
import { STSClient } from '@aws-sdk/client-sts';
import type { Context, SQSBatchResponse, SQSEvent, SQSRecord } from 'aws-lambda';
import { parseCompiledPolicy } from '../../config/compiled';
import { factsById, factsOfType } from '../../controls/facts';
import { requiredVariable } from '../../core/environment';
import { realWaiting } from '../../core/jittered';
import { CoverageStore } from '../../ledger/coverage/coverage';
import { Probes } from '../../ledger/coverage/probes';
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
import { DoctorGaps } from '../../ledger/told/doctor-gaps';
import { Notices } from '../../ledger/told/notices';
import { StackFailures } from '../../ledger/told/stack-failures';
import { SummaryProgressStore } from '../../ledger/told/summary-progress';
import { ToldCoverageStore } from '../../ledger/told/told-coverage';
import { ToldFailures } from '../../ledger/told/told-failures';
import { resourceTypes } from '../../resources/resource-types';
import { Gate } from './deciding/gate';
import { Coordinator } from './intake/coordinator';
import { patrolAsks } from './intake/patrol-asks';
import { TrailsSeen } from './intake/trails-seen';
import { remediationClient } from './member/invoke';
import { memberRemediator } from './member/remediator';
import { tryMemberRole } from './member/session';
import { GivenOrders } from './orders/given-orders';
import { Orders } from './orders/orders';
import { BoundNames } from './organization/bound-names';
import { Organization } from './organization/organization';
import { backoffMilliseconds } from './recording/backoff';
import { AccountProbes } from './sweep/account-probes';
import { PolicyWatch } from './sweep/policy-watch';
import { sweep } from './sweep/sweep';
import { Thawing } from './sweep/thawing';
import { Waking } from './sweep/waking';
import { BaselineDigests } from './telling/baseline-digests';
import { CoverageNotices } from './telling/coverage-notices';
import { DailySummary } from './telling/daily-summary';
import { DeputyDigests } from './telling/deputy-digests';
import { DoctorNotices } from './telling/doctor-notices';
import { EndedLiftings } from './telling/ended-liftings';
import { EndedPauses } from './telling/ended-pauses';
import { ExemptionNotices } from './telling/exemption-notices';
import { FailureSummaries } from './telling/failure-summaries';
import { NameNotices } from './telling/name-notices';
import { Outbox, publishNotice } from './telling/outbox';
import { ProposalNotices } from './telling/proposal-notices';
import { StackNotices } from './telling/stack-notices';
import type { Remaining } from './time-limits';

const ledgerTable = requiredVariable('LEDGER_TABLE');
const eventBusName = requiredVariable('EVENT_BUS_NAME');
// A call that hangs must not eat the time of a whole look.
const client = {
  requestHandler: { connectionTimeout: 5_000, requestTimeout: 10_000, throwOnRequestTimeout: true },
};
const log = new Logger({ serviceName: 'coordinator' });
const now = () => new Date();
const policy = parseCompiledPolicy(readFileSync(join(__dirname, 'policy.json'), 'utf8'));
const documents = ledgerDocuments(client);
const ledger = new Ledger(documents, ledgerTable);
const events = new EventBridgeClient(client);
const organization = new Organization({
  // It throttles early, and everybody in the organization shares its limits: it is called no faster than it answers.
  client: new OrganizationsClient({ ...client, retryMode: 'adaptive', maxAttempts: 8 }),
  kept: new KeptTree(documents, ledgerTable),
  names: new BoundNames(policy, new PolicyNames(documents, ledgerTable)),
  unknownAccounts: new UnknownAccounts(documents, ledgerTable),
  now,
  ...realWaiting,
  newHolder: randomUUID,
  onRefreshFailed: (error) =>
    log.warn('The organization could not be read again, and the tree from before is used', {
      error: String(error),
    }),
});
const notices = new Notices(
  documents,
  ledgerTable,
  (notice) => publishNotice(events, eventBusName, notice),
  (error) => log.error('A notice did not reach the bus yet', { error: String(error) }),
  () => organization.names(),
);
const keyedReads = new KeyedReads(documents, ledgerTable);
const stopSwitch = new StopSwitch(documents, ledgerTable);
const fixLimits = new FixLimits(documents, ledgerTable, realWaiting);
const waitingScopes = new WaitingScopes(documents, ledgerTable);
const unreachableAccounts = new UnreachableAccounts(documents, ledgerTable, backoffMilliseconds);
const toldFailures = new ToldFailures(documents, ledgerTable);
const liftedLimits = new LiftedLimitsStore(documents, ledgerTable);
const frozenLists = new FrozenLists(documents, ledgerTable);
const baselines = new Baselines(documents, ledgerTable);
const sts = new STSClient(client);
const coverage = new CoverageStore(documents, ledgerTable);
const gate = new Gate({
  policy,
  ledger,
  keyedReads,
  coverage,
  stopSwitch,
  fixLimits,
  namedPlaces: organization,
  unreachableAccounts,
  liftedLimits,
  notices,
  now,
  ...realWaiting,
});
const progress = new PolicyProgressStore(documents, ledgerTable);
const parts = {
  ledger,
  keyedReads,
  exemptions: new Exemptions(documents, ledgerTable),
  sightings: new TagSightings(documents, ledgerTable),
  savedStates: new SavedStates(documents, requiredVariable('SAVED_STATES_TABLE')),
  waitingScopes,
  outbox: new Outbox(events, eventBusName, ledger),
  names: () => organization.names(),
  remediate: memberRemediator(sts, remediationClient(), unreachableAccounts, now),
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
  findControl: factsById,
  controlsOf: factsOfType,
  askForPatrol: patrolAsks(
    new SQSClient({ ...client, useQueueUrlAsEndpoint: false }),
    requiredVariable('PATROL_QUEUE_URL'),
    now,
  ),
  trailsSeen: new TrailsSeen({ coverage, log, now }),
  probes: new Probes(documents, ledgerTable),
  log,
  now,
  newHolder: randomUUID,
  ...realWaiting,
};
const sweepParts = {
  ledger,
  notices,
  waking: new Waking({
    policy,
    ledger,
    waitingScopes,
    stopSwitch,
    fixLimits,
    liftedLimits,
    unreachableAccounts,
    namedPlaces: organization,
    now,
  }),
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
    new ProposalNotices({
      ledger,
      proposals: new Proposals(documents, ledgerTable),
      notices,
      log,
      now,
    }),
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
    new CoverageNotices({
      policy,
      resourceTypes: Object.keys(resourceTypes),
      tree: () => organization.tree(),
      coverage,
      told: new ToldCoverageStore(documents, ledgerTable),
      deputies: new DeputyDigests({
        told: new ToldCoverageStore(documents, ledgerTable, 'deputies'),
        notices,
        now,
      }),
      notices,
      log,
      now,
    }),
    new StackNotices({
      stackFailures: new StackFailures(documents, ledgerTable),
      told: new ToldCoverageStore(documents, ledgerTable, 'stacks'),
      notices,
      now,
    }),
    new DoctorNotices({
      gaps: new DoctorGaps(documents, ledgerTable),
      told: new ToldCoverageStore(documents, ledgerTable, 'doctor'),
      notices,
      now,
    }),
    new DailySummary({
      policy,
      ledger,
      progress: new SummaryProgressStore(documents, ledgerTable),
      told: new ToldCoverageStore(documents, ledgerTable),
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
const orders = new GivenOrders({
  ...parts,
  kept: new KeptOrders(documents, ledgerTable),
  orders: new Orders(parts),
});

/**
 * Lambda's entry. It is woken by the remediation queue, by a schedule with `{ "sweep": true }`, and by the orders function with the key
 * of an order that is in the ledger. Whatever else invokes it does nothing.
 * @returns for the queue, the messages that failed: each of them comes back, and the rest of its batch does not
 */
export async function handler(event: unknown, context: Context): Promise<SQSBatchResponse | undefined> {
  log.addContext(context);
  const remaining = () => context.getRemainingTimeInMillis();
  if (isSweep(event)) {
    await sweep({ ...sweepParts, coordinator }, remaining);
    return undefined;
  }
  if (isBatch(event)) return receive(event, remaining);
  await orders.take(event, remaining);
  return undefined;
}

function isSweep(event: unknown): boolean {
  return typeof event === 'object' && event !== null && 'sweep' in event && event.sweep === true;
}

function isBatch(event: unknown): event is SQSEvent {
  return typeof event === 'object' && event !== null && 'Records' in event && Array.isArray(event.Records);
}

/** SQS writes it, and no sender: https://docs.aws.amazon.com/lambda/latest/dg/with-sqs.html */
function sentAt({ SentTimestamp }: SQSRecord['attributes']): { sentAt?: Date } {
  const milliseconds = Number(SentTimestamp);
  return milliseconds > 0 ? { sentAt: new Date(milliseconds) } : {};
}

/** Messages of the remediation queue. */
async function receive(event: SQSEvent, remaining: Remaining): Promise<SQSBatchResponse> {
  const messages = event.Records.map(({ body, attributes }) => ({ body, ...sentAt(attributes) }));
  const results = await Promise.allSettled(coordinator.receiveAll(messages, remaining));
  const receiveOne = async (record: SQSRecord): Promise<void> => {
    const result = results[event.Records.indexOf(record)];
    if (result?.status === 'fulfilled') return;
    const { messageId } = record;
    log.error('A message could not be handled', { messageId, error: String(result?.reason) });
    throw result?.reason;
  };
  return processPartialResponse(event, receiveOne, new BatchProcessor(EventType.SQS, { logger: log }), {
    // Concurrently, and one that fails never fails the others.
    processInParallel: true,
    throwOnFullBatchFailure: false,
  });
}
