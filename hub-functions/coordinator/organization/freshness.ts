import type { OrganizationTree } from '../../../ledger/organization/organization-tree';

const minute = 60_000;
const shortestMilliseconds = 5 * minute;
/** Reading takes a tenth of the time at most: AWS Organizations throttles early, and others call it too. */
const timesTook = 10;
/** Reading that takes longer is left to the sweep, so that no finding waits for it. */
const quickMilliseconds = 10_000;

/** Whether reading the organization keeps nobody waiting for long. */
export function isQuick({ tookMilliseconds }: OrganizationTree): boolean {
  return tookMilliseconds <= quickMilliseconds;
}

/** Whether the organization has to be read again. */
export function isDue(tree: OrganizationTree, now: Date): boolean {
  return now.getTime() - tree.readAt.getTime() >= restOf(tree, shortestMilliseconds);
}

/** Whether even somebody who waits for a place has to read the organization again: what takes long is left to the sweep for a while. */
export function isOverdue(tree: OrganizationTree, now: Date): boolean {
  const due = restOf(tree, shortestMilliseconds);
  return now.getTime() - tree.readAt.getTime() >= (isQuick(tree) ? due : 2 * due);
}

/** How many milliseconds lie between two readings out of turn, which accounts that nobody knows ask for. */
export function forcedMilliseconds(tree: OrganizationTree | undefined): number {
  return tree ? restOf(tree, minute) : minute;
}

function restOf({ tookMilliseconds }: OrganizationTree, shortest: number): number {
  return Math.max(shortest, timesTook * tookMilliseconds);
}
