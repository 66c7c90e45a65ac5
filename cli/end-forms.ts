import { mostDaysAhead } from '../core/order-end';

/** How the end of an undo or a pause is said, in the help. */
export const endForms = `30m, 12h, 30d, 4w, 2026-12-24 (to the end of that day, UTC) or 2026-12-24T18:00Z; at most ${mostDaysAhead} days ahead`;
