import { InvokeCommand, type LambdaClient } from '@aws-sdk/client-lambda';
import type { DynamoDBDocumentClient } from '@aws-sdk/lib-dynamodb';
import type { CompiledPolicy } from '../../config/compiled';
import { cut } from '../../core/cut';
import { functionNames } from '../../core/names';
import { Exemptions } from '../../ledger/findings/exemptions';
import { FindingCursors } from '../../ledger/findings/finding-cursors';
import { Ledger } from '../../ledger/findings/ledger';
import { StopSwitch } from '../../ledger/limits/stop-switch';
import { KeptOrders } from '../../ledger/orders/orders';
import { Proposals } from '../../ledger/orders/proposals';
import { KeptTree } from '../../ledger/organization/kept-tree';
import { PolicyNames } from '../../ledger/organization/policy-names';
import { SavedStates } from '../../ledger/saved/saved-states';
import { TreeReader } from '../tree-reader';
import type { DoorParts } from './door';

/** What a function with the door in it is given. */
export interface DoorSurroundings
  extends Pick<DoorParts, 'asOfNow' | 'now' | 'pause' | 'after' | 'newKey' | 'log'> {
  policy: CompiledPolicy;
  documents: DynamoDBDocumentClient;
  ledgerTable: string;
  savedStatesTable: string;
  /** One attempt each: the coordinator's lease decides who carries out an order, and the ledger holds the answer. */
  lambda: LambdaClient;
}

/** Thrown when the coordinator ended with an error. */
class CoordinatorError extends Error {
  override readonly name = 'CoordinatorError';
}

/** All that the door works with. */
export function doorParts(surroundings: DoorSurroundings): DoorParts {
  const { policy, documents, ledgerTable, savedStatesTable, lambda, now, pause, after, newKey, log } =
    surroundings;
  const { asOfNow } = surroundings;
  return {
    policy,
    kept: new KeptOrders(documents, ledgerTable),
    proposals: new Proposals(documents, ledgerTable),
    cursors: new FindingCursors(documents, ledgerTable, now),
    ledger: new Ledger(documents, ledgerTable),
    exemptions: new Exemptions(documents, ledgerTable),
    savedStates: new SavedStates(documents, savedStatesTable),
    stopSwitch: new StopSwitch(documents, ledgerTable),
    tree: new TreeReader(new KeptTree(documents, ledgerTable), now),
    names: new PolicyNames(documents, ledgerTable),
    async invoke(orderKey, abortSignal) {
      const { FunctionError: failed, Payload: payload } = await lambda.send(
        new InvokeCommand({
          FunctionName: functionNames.coordinator,
          InvocationType: 'RequestResponse',
          Payload: Buffer.from(JSON.stringify({ orderKey })),
        }),
        { abortSignal },
      );
      if (failed) throw new CoordinatorError(cut(Buffer.from(payload ?? []).toString('utf8'), 500));
    },
    asOfNow,
    now,
    pause,
    after,
    newKey,
    log,
  };
}
