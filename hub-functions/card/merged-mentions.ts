import type { Mentioned } from '../../ledger/cards/card';

/** Users and groups of several lists, each once. */
export function mergedMentions(all: readonly Mentioned[]): Mentioned {
  return {
    users: [...new Set(all.flatMap(({ users }) => users))],
    groups: [...new Set(all.flatMap(({ groups }) => groups))],
  };
}
