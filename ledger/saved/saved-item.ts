import { gunzipSync, gzipSync } from 'node:zlib';
import * as z from 'zod/mini';
import type { Json } from '../../core/json';
import { LedgerError, RecordError } from '../table/errors';

/** Thrown when a state is too large for an item of the table, even compressed. Nothing was saved. */
export class StateTooLargeError extends LedgerError {
  override readonly name = 'StateTooLargeError';
}

/**
 * An item holds 400 kB, names of attributes and the key included; the rest is room for these. The largest group, of a
 * thousand rules with descriptions, is larger as text.
 * https://docs.aws.amazon.com/amazondynamodb/latest/developerguide/Constraints.html
 */
const mostBytes = 396 * 1024;

/**
 * JSON as an item keeps it: compressed text, so that empty strings, numbers and nulls come back exactly as they were.
 * @throws StateTooLargeError when the table can never hold it
 */
export function packed(value: Json): Uint8Array {
  const compressed = gzipSync(JSON.stringify(value));
  if (compressed.length <= mostBytes) return compressed;
  throw new StateTooLargeError(
    `The state before is too large for the ledger: ${compressed.length} bytes compressed, and ${mostBytes} fit. Fix the resource by hand.`,
  );
}

const savedItemSchema = z.object({
  finding: z.string(),
  record: z.string(),
  saved: z.instanceof(Uint8Array),
  savedAt: z.string(),
});

/** An item that `packed` made, unpacked. */
export interface SavedItem {
  record: string;
  value: Json;
  /** ISO 8601. */
  savedAt: string;
}

/**
 * Reads an item of the table that holds packed JSON.
 * @throws RecordError when it cannot be understood
 */
export function unpacked(item: Record<string, unknown>): SavedItem {
  try {
    const { record, saved, savedAt } = savedItemSchema.parse(item);
    return { record, value: JSON.parse(gunzipSync(saved).toString()) as Json, savedAt };
  } catch (error) {
    throw new RecordError(
      `The saved state ${item.finding} ${item.record} cannot be understood. Look at the item.`,
      { cause: error },
    );
  }
}
