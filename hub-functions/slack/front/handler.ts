import { Logger } from '@aws-lambda-powertools/logger';
import { DynamoDBClient } from '@aws-sdk/client-dynamodb';
import { SecretsManagerClient } from '@aws-sdk/client-secrets-manager';
import { SendMessageCommand, SQSClient } from '@aws-sdk/client-sqs';
import type { APIGatewayProxyResult, Context } from 'aws-lambda';
import { requiredVariable } from '../../../core/environment';
import { BotToken } from '../../notifier/bot-token';
import { SlackApi } from '../api';
import { Front } from './front';
import { SeenRequests } from './seen-requests';
import { SigningSecret } from './signing-secret';
import type { FrontRequest } from './verify';

/** Slack waits three seconds, and a form can be opened for as long: what hangs must not take all of them. */
const client = {
  maxAttempts: 2,
  requestHandler: { connectionTimeout: 1_000, requestTimeout: 1_500, throwOnRequestTimeout: true },
};
const log = new Logger({ serviceName: 'slack' });
const secrets = new SecretsManagerClient(client);
const queue = new SQSClient({ ...client, useQueueUrlAsEndpoint: false });
const queueUrl = requiredVariable('ACTIONS_QUEUE_URL');
const token = new BotToken(secrets, requiredVariable('SLACK_SECRET_ARN'));

const front = new Front({
  team: requiredVariable('SLACK_TEAM'),
  app: requiredVariable('SLACK_APP'),
  secret: new SigningSecret(secrets, requiredVariable('SLACK_SIGNING_SECRET_ARN'), Date.now),
  seen: new SeenRequests(new DynamoDBClient(client), requiredVariable('LEDGER_TABLE'), Date.now),
  slack: new SlackApi({ token, fetch: (url, init) => fetch(url, init), timeout: 2_500 }),
  async send(message) {
    await queue.send(new SendMessageCommand({ QueueUrl: queueUrl, MessageBody: JSON.stringify(message) }));
  },
  now: Date.now,
  log: {
    info: (message, details) => log.info(message, details),
    warn: (message, details) => log.warn(message, details),
    error: (message, details) => log.error(message, details),
  },
});

/** Lambda's entry, called by API Gateway for `POST /slack`, which lets in anybody. */
export async function handler(event: FrontRequest, context: Context): Promise<APIGatewayProxyResult> {
  log.addContext(context);
  const { status, body } = await front.answer(event);
  return {
    statusCode: status,
    headers: {
      'cache-control': 'no-store',
      ...(body && { 'content-type': 'application/json' }),
    },
    body: body ? JSON.stringify(body) : '',
  };
}
