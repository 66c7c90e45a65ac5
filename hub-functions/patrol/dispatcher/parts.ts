import type { LambdaClient } from '@aws-sdk/client-lambda';
import { SendMessageCommand, type SQSClient } from '@aws-sdk/client-sqs';
import type { STSClient } from '@aws-sdk/client-sts';
import type { DynamoDBDocumentClient } from '@aws-sdk/lib-dynamodb';
import { realWaiting, type Waiting } from '../../../core/jittered';
import { CoverageStore } from '../../../ledger/coverage/coverage';
import { KeptTree } from '../../../ledger/organization/kept-tree';
import { assume } from '../../member-session/assume';
import { TreeReader } from '../../tree-reader';
import type { DispatcherParts } from './dispatcher';
import { invokeWalker, invokeWithProbe } from './invoke-walker';
import { walkSessionPolicy } from './session-policy';

/** What the dispatcher's parts are made of. */
export interface DispatcherSetUp extends Pick<DispatcherParts, 'policy' | 'now' | 'log'> {
  documents: DynamoDBDocumentClient;
  ledgerTable: string;
  sqs: Pick<SQSClient, 'send'>;
  /** The patrol's queue. */
  queueUrl: string;
  sts: STSClient;
  lambda: LambdaClient;
  waiting?: Waiting;
}

/** What the dispatcher works with, over clients of AWS. */
export function dispatcherParts(setUp: DispatcherSetUp): DispatcherParts {
  const {
    policy,
    now,
    log,
    documents,
    ledgerTable,
    sqs,
    queueUrl,
    sts,
    lambda,
    waiting = realWaiting,
  } = setUp;
  const tree = new TreeReader(new KeptTree(documents, ledgerTable), now);
  return {
    policy,
    now,
    log,
    coverage: new CoverageStore(documents, ledgerTable, waiting),
    tree: () => tree.read(),
    async send(messages, delaySeconds = 0) {
      for (const message of messages) {
        await sqs.send(
          new SendMessageCommand({
            QueueUrl: queueUrl,
            MessageBody: JSON.stringify(message),
            ...(delaySeconds > 0 && { DelaySeconds: delaySeconds }),
          }),
        );
      }
    },
    assume: (place, resourceTypes) =>
      assume(sts, place.accountId, 'patrol', {
        name: 'staunch-patrol',
        policy: walkSessionPolicy(place, resourceTypes),
      }),
    invoke: (request) => invokeWalker(lambda, request),
    probe: (request) => invokeWithProbe(lambda, request),
  };
}
