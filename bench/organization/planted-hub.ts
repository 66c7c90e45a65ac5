import { OrganizationsClient } from '@aws-sdk/client-organizations';
import { DynamoDBDocumentClient } from '@aws-sdk/lib-dynamodb';
import { compilePolicy } from '../../config/compile';
import type { Organization } from '../../config/organization';
import { coveragePartition, ledgerTableName } from '../../core/names';
import { placeKey } from '../../ledger/coverage/place-coverage';
import { itemOf } from '../../ledger/findings/record-item';
import { patrolledTypes } from '../../operator/coverage/ask-coverage';
import type { ExpectedAccount } from '../../operator/doctor/deployed/facts';
import { coveredIn } from '../../operator/doctor/deployed/judges/places-of';
import { Hub } from '../../operator/hub/hub';
import type { InMemoryAws } from '../../test/faults/aws/in-memory-aws';
import { replaceSend } from '../../test/faults/aws/replaced-send';
import { awsWithLedger } from '../../test/faults/support';
import { now, verdictCode } from '../../test/operator/doctor/organization/planted-organization';
import { quietHost } from '../../test/operator/fake-hub';
import { recordOf } from '../../test/operator/records';
import { mostAttempts } from '../throughput/retries';
import type { PacedCalls } from './paced-calls';
import type { PacedOrganization } from './paced-organization';

/** Open findings of each covered account, all of them reported, as where every flag is `off`. */
const findingsOfAccount = 5;

/** A ledger that knows every covered account and Region as patrolled, and findings of each. */
export function plantedLedger(policy: Organization, accounts: readonly ExpectedAccount[]): InMemoryAws {
  const aws = awsWithLedger({ latencyMilliseconds: 0 });
  const at = now.toISOString();
  const types = Object.fromEntries(patrolledTypes.map((type) => [type, { coveredAt: at, firstOverAt: at }]));
  for (const { accountId } of coveredIn(accounts)) {
    for (const region of policy.regions)
      aws.dynamoDb.put(ledgerTableName, {
        finding: coveragePartition,
        record: placeKey({ accountId, region }),
        ...{ since: at, types, version: 1 },
      });
    for (let number = 0; number < findingsOfAccount; number += 1) {
      const resourceId = `sg-${accountId}${String(number).padStart(5, '0')}`;
      aws.dynamoDb.put(ledgerTableName, itemOf(recordOf({ identity: { accountId, resourceId } })));
    }
  }
  return aws;
}

/** Where a hub's answers come from. */
export interface HubSources {
  organization: PacedOrganization;
  ledger: InMemoryAws;
  /** What is deployed. */
  deployed: Organization;
  /** The account of whoever asks. */
  caller: string;
  calls: PacedCalls;
}

/**
 * Does something with a hub as operators have it: its own ledger over DynamoDB in memory, and an organization that answers at AWS's
 * pace. The door alone answers for itself.
 */
export async function withPacedHub<Answer>(
  { organization, ledger, deployed, caller: account, calls }: HubSources,
  work: (hub: Hub) => Promise<Answer>,
): Promise<Answer> {
  const { region } = deployed.hub;
  const accountId = `${account} ${region}`;
  ledger.calls.make = (service, command, input, perform) =>
    calls.make({ service, command, input, accountId, attempts: mostAttempts(service) }, perform);
  organization.pace = { calls, attempts: 10 };
  const restore = replaceSend(DynamoDBDocumentClient, 'DynamoDB', {
    calls: ledger.calls,
    sessions: ledger.sessions,
    commands: ledger.dynamoDb.commands,
  });
  const hub = new Hub(region, quietHost());
  const policy = JSON.stringify({ ...compilePolicy(deployed), verdictCode });
  const order: Hub['order'] = (input) =>
    calls.make({ service: 'API Gateway', command: 'order', input, accountId, attempts: 1 }, () => ({
      ...{ version: 2 as const, done: true, text: '', policy },
    }));
  Object.assign(hub, {
    organizations: organization.access.client(OrganizationsClient, { region }),
    caller: async () => ({ account, arn: `arn:aws:iam::${account}:user/ada` }),
    order,
  });
  try {
    return await work(hub);
  } finally {
    hub.close();
    restore();
    organization.pace = undefined;
  }
}
