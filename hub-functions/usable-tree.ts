import type { OrganizationTree } from '../ledger/organization/organization-tree';

const minute = 60_000;
/** A tree that is older says nothing any more. */
const usableMilliseconds = 24 * 60 * minute;
/** Clocks of two invocations may differ a little. */
const skewMilliseconds = minute;

/** Whether places may be told by a tree. */
export function isUsable({ readAt }: OrganizationTree, now: Date): boolean {
  const age = now.getTime() - readAt.getTime();
  return age < usableMilliseconds && age > -skewMilliseconds;
}
