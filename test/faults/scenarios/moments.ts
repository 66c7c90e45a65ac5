import type { Call } from '../call';
import type { World } from '../world';
import { isMade, isWrite } from '../writes';

/** A remediation function was just invoked, or has just answered. */
export const isAsked = (last: Call | undefined): boolean => last?.command === 'Invoke';

/** A resource was just changed. */
export const isMadeWrite = (last: Call | undefined): boolean =>
  last !== undefined && isWrite(last) && isMade(last);

/** From now on, so many more times a remediation function was invoked to make a fix. */
export function isAboutToFix(world: World, times = 1): () => boolean {
  const fixes = () => world.hub.requests.filter(({ request }) => request.mode === 'apply').length;
  const before = fixes();
  return () => fixes() >= before + times;
}
