import { Logger } from '@aws-lambda-powertools/logger';
import { SecurityHubClient } from '@aws-sdk/client-securityhub';
import type { Context, SQSBatchResponse, SQSEvent } from 'aws-lambda';
import { factsById } from '../../controls/facts';
import { requiredVariable } from '../../core/environment';
import { type ReceivingParts, receive } from './receiving';

const log = new Logger({ serviceName: 'security-hub' });
const parts: ReceivingParts = {
  client: new SecurityHubClient({
    // Ten calls a second are all that an account has: https://docs.aws.amazon.com/securityhub/latest/partnerguide/guidelines-batchimportfindings.html
    retryMode: 'adaptive',
    requestHandler: { connectionTimeout: 5_000, requestTimeout: 10_000, throwOnRequestTimeout: true },
  }),
  place: { account: requiredVariable('HUB_ACCOUNT_ID'), region: requiredVariable('AWS_REGION') },
  titleOf: (controlId) => factsById(controlId)?.title,
  log,
};

/**
 * Lambda's entry, woken by the queue of changes of findings' states.
 * @returns the messages whose findings were not imported; each of them comes back, and the rest of its batch does not
 */
export async function handler({ Records }: SQSEvent, context: Context): Promise<SQSBatchResponse> {
  log.addContext(context);
  const failed = await receive(parts, Records);
  return { batchItemFailures: failed.map((itemIdentifier) => ({ itemIdentifier })) };
}
