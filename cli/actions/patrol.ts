import { realWaiting } from '../../core/jittered';
import { patrol } from '../../operator/patrol/patrol';
import { isWhole } from '../../operator/patrol/patrolled';
import { counted } from '../../operator/text/counted';
import { printableJson } from '../../resources/kit/printable';
import { hubOfPolicy } from '../hub-region';
import { patrolLines } from '../patrol/patrol-text';
import { say } from '../say';
import { withHub } from '../with-hub';
import { askedPlaces, type PlaceOptions } from './coverage';

/** Longer than a patrol of a large account and Region takes, with the pauses that AWS's limits require. */
const waitMilliseconds = 30 * 60_000;

/** The options of `staunch patrol`. */
export interface PatrolOptions extends PlaceOptions {
  wait: boolean;
}

/**
 * Has accounts and Regions patrolled now.
 * @returns the exit status
 */
export async function runPatrol({ wait, ...options }: PatrolOptions): Promise<number> {
  const asked = {
    ...askedPlaces(options),
    expected: hubOfPolicy(),
    ...(wait && { waitMilliseconds }),
  };
  const clock = { now: () => new Date(), pause: realWaiting.pause };
  const done = await withHub(options, (hub) => patrol(hub, asked, clock));
  if (options.json) {
    for (const place of done.places)
      process.stdout.write(`${printableJson({ ...place, startedAt: done.startedAt })}\n`);
  } else if (wait) for (const line of patrolLines(done)) say(line);
  else {
    const of = counted(done.places.length, 'account and Region', 'accounts and Regions');
    say(`The patrol of ${of} is asked for. staunch coverage shows when it is through.`);
  }
  return wait && !done.places.every(isWhole) ? 1 : 0;
}
