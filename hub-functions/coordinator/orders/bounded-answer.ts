import { cut } from '../../../core/cut';
import type { OrderAnswer } from '../../../core/order';

const longestText = 4_000;
const longestLine = 1_000;
/** Of all lines of a list together: an item of DynamoDB holds 400 kB. */
const longestList = 50_000;

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
  let length = 0;
  const kept = lines
    .map((line) => cut(line, longestLine))
    .filter((line) => {
      length += line.length;
      return length <= longestList;
    });
  const more = lines.length - kept.length;
  return more === 0 ? kept : [...kept, `… and ${more} more.`];
}
