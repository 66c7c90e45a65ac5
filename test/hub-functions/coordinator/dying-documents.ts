import type { DynamoDBDocumentClient } from '@aws-sdk/lib-dynamodb';

/** Thrown where the process is supposed to have died. */
export class Crash extends Error {
  override readonly name = 'Crash';
}

/**
 * A document client whose process dies at its n-th call: before the call reaches the table, or right after it. Once dead
 * it stays dead.
 * @param documents the client of which it makes its calls
 */
export function dyingDocuments(
  documents: DynamoDBDocumentClient,
  at: number,
  when: 'before' | 'after',
): DynamoDBDocumentClient {
  const dying: DynamoDBDocumentClient = Object.create(documents);
  let calls = 0;
  const send = async (command: Parameters<DynamoDBDocumentClient['send']>[0]) => {
    calls += 1;
    const call = calls;
    if (call > at || (call === at && when === 'before')) throw new Crash(`died ${when} call ${at}`);
    const answer = await documents.send(command);
    if (call === at) throw new Crash(`died ${when} call ${at}`);
    return answer;
  };
  Object.defineProperty(dying, 'send', { value: send });
  return dying;
}

/** Every way to die at one of the first calls. */
export function deathsUpTo(calls: number): { at: number; when: 'before' | 'after' }[] {
  return Array.from({ length: calls }, (_, index) => index + 1).flatMap((at) => [
    { at, when: 'before' as const },
    { at, when: 'after' as const },
  ]);
}
