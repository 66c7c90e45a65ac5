import { groupedBy } from '../../core/grouped';
import type { AskedRow } from '../../operator/coverage/ask-coverage';

/** So many accounts, or accounts and Regions, are named for each setting. */
const mostNamed = 5;

/**
 * The settings that could be turned on without closing anything, a line for each, with where; nothing where there are none. Pure.
 * @returns the first line begins the list
 */
export function possibleBlockLines(rows: readonly AskedRow[]): string[] {
  const all = rows.flatMap(({ accountId, region, possibleBlocks = [] }) =>
    possibleBlocks.map((block) => ({
      block,
      where: block.of === 'account' ? accountId : `${accountId} ${region}`,
    })),
  );
  if (all.length === 0) return [];
  const lines = [...groupedBy(all, ({ block }) => block.resourceType).values()].map((group) => {
    const places = [...new Set(group.map(({ where }) => where))];
    const more = places.length - mostNamed;
    const named = places
      .slice(0, mostNamed)
      .join(', ')
      .concat(more > 0 ? `, and ${more} more` : '');
    const [{ block: { name = '', unseen } = {} } = {}] = group;
    const besides = unseen === undefined ? '' : ` Nobody looked at ${unseen}.`;
    return `${name}: ${named}.${besides}`;
  });
  return ['Could be turned on: it would close nothing that the last patrol saw open to everybody.', ...lines];
}
