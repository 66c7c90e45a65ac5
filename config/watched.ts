import { rootPath } from './formats';
import type { PlaceUnit } from './place';
import type { Target } from './target';

/** What of a policy says who is watched. */
export interface WatchedSettings {
  targets: readonly Target[];
  exclude?: readonly Target[] | undefined;
}

/** Where an account lies: its id, and what it lies under, the nearest first, the root last. */
export interface WatchedAccount {
  id: string;
  chain: readonly PlaceUnit[];
}

/**
 * Makes the test whether a policy has an account watched: a target is it or lies above it, and nothing that is excluded does. What the
 * policy names and no account lies under counts for nothing. The management account is for the caller to leave out.
 */
export function watchedTest({
  targets,
  exclude = [],
}: WatchedSettings): (account: WatchedAccount) => boolean {
  const [wanted, left] = [new Set(targets), new Set(exclude)];
  return (account) => {
    const keys = keysOf(account);
    return keys.some((key) => wanted.has(key)) && !keys.some((key) => left.has(key));
  };
}

/** Everything by which a target can mean the account. */
function keysOf({ id, chain }: WatchedAccount): Target[] {
  const below = chain.slice(0, -1);
  const paths = below.map((_, index) => {
    const names = below.slice(index).map(({ name }) => name ?? '');
    return `/${names.reverse().join('/')}`;
  });
  return [id, ...chain.map((unit) => unit.id), ...paths, rootPath];
}
