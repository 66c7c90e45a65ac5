import { cut } from '../../../core/cut';
import type { OrderAnswer } from '../../../core/order';

const longestText = 4_000;
const longestLine = 1_000;
/** Bytes, as JSON, of all lines of a list together: an item of DynamoDB holds 400 kB. */
const mostBytes = 100_000;

/** An answer that fits into an item of the ledger, whatever is in it. */
export function boundedAnswer({ text, changes, differences, ...rest }: OrderAnswer): OrderAnswer {
  return {
    ...rest,
    text: cut(text, longestText),
    ...(changes && { changes: bounded(changes) }),
    ...(differences && { differences: bounded(differences) }),
  };
}

function bounded(lines: readonly string[]): string[] {
  let bytes = 0;
  const kept = lines
    .map((line) => cut(line, longestLine))
    .filter((line) => {
      bytes += Buffer.byteLength(JSON.stringify(line));
      return bytes <= mostBytes;
    });
  const more = lines.length - kept.length;
  return more === 0 ? kept : [...kept, `… and ${more} more.`];
}
