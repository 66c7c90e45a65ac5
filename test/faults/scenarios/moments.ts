import type { Call } from '../call';
import type { World } from '../world';
import { isMade, isWrite, tableItemsOf } from '../writes';

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

/** The list of what is frozen was written so many times. */
export function isListKept(times: number): (last: Call | undefined) => boolean {
  let left = times;
  return (last) => {
    if (last?.command === 'Put' && tableItemsOf(last).some(({ Item }) => Item?.finding === 'frozen'))
      left -= 1;
    return left <= 0;
  };
}

/** A minute has passed since now: the sweep that comes then finds what it finds in other scenarios too. */
export function isMinuteLater({ aws: { clock } }: World): () => boolean {
  const end = clock.milliseconds + 60_000;
  return () => clock.milliseconds >= end;
}
