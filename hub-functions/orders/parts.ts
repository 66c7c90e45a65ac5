import { InvokeCommand, type LambdaClient } from '@aws-sdk/client-lambda';
import type { DynamoDBDocumentClient } from '@aws-sdk/lib-dynamodb';
import type { CompiledPolicy } from '../../config/compiled';
import { cut } from '../../core/cut';
import { functionNames } from '../../core/names';
import { Exemptions } from '../../ledger/exemptions';
import { FindingCursors } from '../../ledger/finding-cursors';
import { KeptTree } from '../../ledger/kept-tree';
import { Ledger } from '../../ledger/ledger';
import { KeptOrders } from '../../ledger/orders';
import { PolicyNames } from '../../ledger/policy-names';
import { Proposals } from '../../ledger/proposals';
import { SavedStates } from '../../ledger/saved-states';
import { StopSwitch } from '../../ledger/stop-switch';
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
