import { randomUUID } from 'node:crypto';
import { readFileSync } from 'node:fs';
import { join } from 'node:path';
import { BatchProcessor, EventType, processPartialResponse } from '@aws-lambda-powertools/batch';
import { Logger } from '@aws-lambda-powertools/logger';
import { EventBridgeClient } from '@aws-sdk/client-eventbridge';
import { OrganizationsClient } from '@aws-sdk/client-organizations';
import { STSClient } from '@aws-sdk/client-sts';
import type { Context, SQSBatchResponse, SQSEvent, SQSRecord } from 'aws-lambda';
import { parseCompiledPolicy } from '../../config/compiled';
import { usesNames, usesPaths } from '../../config/place';
import { requiredVariable } from '../../contract/environment';
import type { OrderAnswer } from '../../contract/order';
import { controlById } from '../../controls/registry';
import { ledgerDocuments } from '../ledger/documents';
import { Exemptions } from '../ledger/exemptions';
import { FixLimits } from '../ledger/fix-limits';
import { Ledger } from '../ledger/ledger';
import { Notices } from '../ledger/notices';
import { PolicyProgressStore } from '../ledger/policy-progress';
import { StopSwitch } from '../ledger/stop-switch';
import { TagSightings } from '../ledger/tag-sightings';
import { AccountNames } from './account-names';
import { Coordinator } from './coordinator';
import { ExemptionNotices } from './exemption-notices';
import { Gate } from './gate';
import { remediationClient } from './invoke';
import { NamedPlaces } from './named-places';
import { Orders } from './orders/orders';
import { OrganizationTree } from './organization';
import { Outbox, publishNotice } from './outbox';
import { PolicyWatch } from './policy-watch';
import { memberRemediator } from './remediator';
import { sweep } from './sweep';

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
const organizations = new OrganizationsClient(client);
const accountNames = new AccountNames(organizations);
const organization = new OrganizationTree(
  organizations,
  { names: usesNames(policy), paths: usesPaths(policy) },
  Date.now,
  accountNames,
);
const notices = new Notices(
  documents,
  ledgerTable,
  (notice) => publishNotice(events, eventBusName, notice),
  (error) => log.error('A notice did not reach the bus yet', { error: String(error) }),
);
const stopSwitch = new StopSwitch(documents, ledgerTable);
const gate = new Gate({
  policy,
  ledger,
  stopSwitch,
  fixLimits: new FixLimits(documents, ledgerTable),
  namedPlaces: new NamedPlaces(organizations, Date.now, accountNames),
  notices,
  now,
});
const progress = new PolicyProgressStore(documents, ledgerTable);
const parts = {
  progress,
  ledger,
  exemptions: new Exemptions(documents, ledgerTable),
  sightings: new TagSightings(documents, ledgerTable),
  outbox: new Outbox(events, eventBusName, ledger),
  remediate: memberRemediator(new STSClient(client), remediationClient()),
  gate,
  stopSwitch,
  notices,
  policy,
  organization,
  findControl: controlById,
  log,
  now,
  newHolder: randomUUID,
  pause: (milliseconds: number) => new Promise<void>((resolve) => setTimeout(resolve, milliseconds)),
};
const sweepParts = {
  ledger,
  notices,
  exemptionNotices: new ExemptionNotices(policy, notices, now),
  policyWatch: new PolicyWatch({
    policy,
    organization,
    ledger,
    progress,
    now,
  }),
  log,
  now,
};
const coordinator = new Coordinator(parts);
const orders = new Orders(parts);

/**
 * Lambda's entry. It is woken by the remediation queue, by a schedule with `{ "sweep": true }`, and by people, through the
 * command line, with an order.
 * @returns for the queue, the messages that failed: each of them comes back, and the rest of its batch does not; for an
 *   order, what came of it
 */
export async function handler(
  event: SQSEvent | { sweep: true } | { order: string },
  context: Context,
): Promise<SQSBatchResponse | OrderAnswer | undefined> {
  log.addContext(context);
  const remaining = () => context.getRemainingTimeInMillis();
  if ('sweep' in event) {
    await sweep({ ...sweepParts, coordinator }, remaining);
    return undefined;
  }
  if ('order' in event) return orders.take(event, remaining);
  const receive = async ({ body, messageId }: SQSRecord): Promise<void> => {
    try {
      await coordinator.receive(body, remaining);
    } catch (error) {
      log.error('A message could not be handled', { messageId, error: String(error) });
      throw error;
    }
  };
  return processPartialResponse(event, receive, new BatchProcessor(EventType.SQS, { logger: log }), {
    // Concurrently, and one that fails never fails the others.
    processInParallel: true,
    throwOnFullBatchFailure: false,
  });
}
