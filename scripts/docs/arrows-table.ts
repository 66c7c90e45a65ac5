import { markdownTable } from './blocks';

const { forbidden } = require('../../.dependency-cruiser.js') as {
  forbidden: { name: string; comment: string }[];
};

const arrow = /^arrows-of-(.+)$/;

/** What each room may use, as `.dependency-cruiser.js` holds it, for docs/architecture.md. */
export function arrowsTable(): string {
  const rules = forbidden.filter(({ name }) => arrow.test(name));
  return markdownTable(
    ['room', 'may use'],
    rules.map(({ name, comment }) => {
      const [, uses = ''] = /^\S+ may use (.*)\.$/.exec(comment) ?? [];
      const rooms = uses.split(', ').map((room) => (room === 'no other room' ? room : `\`${room}/\``));
      return [`\`${arrow.exec(name)?.[1]}/\``, rooms.join(', ')];
    }),
  );
}
