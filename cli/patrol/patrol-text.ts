import type { Patrol } from '../../operator/patrol/patrol';
import { isWhole, type PatrolledPlace } from '../../operator/patrol/patrolled';
import { counted } from '../../operator/text/counted';
import { printable } from '../../resources/kit/printable';

/** So many places are named that could not be gone through. */
const mostNamed = 50;

/** What came of a patrol, a line each. Pure. */
export function patrolLines({ places, names }: Patrol): string[] {
  const whole = places.filter(isWhole);
  const resources = whole.flatMap(({ covered }) => Object.values(covered)).reduce((sum, one) => sum + one, 0);
  const others = places.filter((place) => !isWhole(place));
  const nameOf = ({ accountId, region }: PatrolledPlace) => {
    const name = names.account(accountId);
    return `${name === undefined ? accountId : `${name} (${accountId})`}, ${region}`;
  };
  const said = others
    .slice(0, mostNamed)
    .flatMap((place) => [
      ...Object.entries(place.notCovered).map(
        ([type, words]) => `${nameOf(place)}: ${type} is not covered: ${words}`,
      ),
      ...(place.pending.length > 0 ? [`${nameOf(place)}: not through yet: ${place.pending.join(', ')}`] : []),
    ]);
  const of = counted(places.length, 'account and Region', 'accounts and Regions');
  return [
    `Patrolled ${whole.length} of ${of}: ${counted(resources, 'resource')} read.`,
    ...said.map((line) => printable(line)),
    ...(others.length > mostNamed ? [`${others.length - mostNamed} more: see staunch coverage.`] : []),
  ];
}
