import * as z from 'zod/mini';
import { findingStateSchema } from '../../core/report-schema';
import type { FindingState } from '../../core/states';
import { RecordError } from '../table/errors';
import { type FindingRecord, foreignKeys, recordSchemas } from './record';

/**
 * Attributes that hold what strangers wrote, such as a bucket's policy statements. An item keeps them as JSON text: a
 * number beyond DynamoDB's range, or beyond what lib-dynamodb takes, could otherwise make a record unwritable for ever.
 * https://docs.aws.amazon.com/amazondynamodb/latest/developerguide/HowItWorks.NamingRulesDataTypes.html#HowItWorks.DataTypes
 */
const textAttributes = ['violations', 'plan', 'pendingReports', 'pendingEvents', 'tags'] as const;

/** The item that the table keeps of an occurrence; `parseFindingRecord` reads it back. */
export function itemOf(record: FindingRecord): Record<string, unknown> {
  const item: Record<string, unknown> = { ...record };
  for (const name of textAttributes) {
    if (record[name] !== undefined) item[name] = JSON.stringify(record[name]);
  }
  return item;
}

const stateSchema = z.object({ state: findingStateSchema });

/**
 * Reads an item of the ledger's table as an occurrence. This is the only way from an item to a record.
 * @param table the table's name, for the error
 * @throws RecordError when it is none that this version understands: a key that its state requires is absent or malformed, or it
 *   has one that only another state has. Nothing may be changed then.
 */
export function parseFindingRecord(item: Record<string, unknown>, table: string): FindingRecord {
  const refuse = (fields: readonly string[], cause?: unknown) => notUnderstood(item, table, fields, cause);
  const read = { ...item };
  for (const name of textAttributes) {
    if (item[name] === undefined) continue;
    try {
      read[name] = JSON.parse(z.parse(z.string(), item[name]));
    } catch (error) {
      throw refuse([name], error);
    }
  }
  const stated = stateSchema.safeParse(read);
  if (!stated.success) throw refuse(['state']);
  const { state } = stated.data;
  const parsed = recordSchemas[state].safeParse(read);
  if (!parsed.success) throw refuse(parsed.error.issues.map((issue) => issue.path.join('.')));
  const leftOver = foreignKeys(state).filter((key) => key in read);
  if (leftOver.length > 0) throw refuse(leftOver);
  return { ...newerAttributes(read, state), ...parsed.data };
}

/** What no state of this version has. */
function newerAttributes(read: Record<string, unknown>, state: FindingState): object {
  const { shape } = recordSchemas[state];
  return Object.fromEntries(Object.entries(read).filter(([key]) => !(key in shape)));
}

function notUnderstood(
  { finding = '?', record = '?', state }: Record<string, unknown>,
  table: string,
  fields: readonly string[],
  cause?: unknown,
): RecordError {
  return new RecordError(
    `The item ${finding} ${record} of table ${table} cannot be understood at ${fields.join(', ')}, in state ${state}. Look at the item.`,
    { cause },
  );
}
