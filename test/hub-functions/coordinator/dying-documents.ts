import type { DynamoDBDocumentClient } from '@aws-sdk/lib-dynamodb';
import { documentsOn } from '../../support/ledger-table';

/** Thrown where the process is supposed to have died. */
export class Crash extends Error {
  override readonly name = 'Crash';
}

/**
 * A document client whose process dies at its n-th call: before the call reaches the table, or right after it. Once dead
 * it stays dead.
 */
export function dyingDocuments(
  endpoint: string,
  at: number,
  when: 'before' | 'after',
): DynamoDBDocumentClient {
  const documents = documentsOn(endpoint);
  let calls = 0;
  documents.middlewareStack.add(
    (next) => async (call) => {
      calls += 1;
      if (calls > at || (calls === at && when === 'before')) throw new Crash(`died ${when} call ${at}`);
      const answer = await next(call);
      if (calls === at) throw new Crash(`died ${when} call ${at}`);
      return answer;
    },
    { step: 'initialize', priority: 'high' },
  );
  return documents;
}

/** Every way to die at one of the first calls. */
export function deathsUpTo(calls: number): { at: number; when: 'before' | 'after' }[] {
  return Array.from({ length: calls }, (_, index) => index + 1).flatMap((at) => [
    { at, when: 'before' as const },
    { at, when: 'after' as const },
  ]);
}
