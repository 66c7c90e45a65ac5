import type { FindingIdentity } from '../../core/finding';
import { printable } from '../../resources/kit/printable';

/** Which resource it is about, on one line of plain text, whatever the resource is called. Pure. */
export function placeText({ resourceId, accountId, region }: FindingIdentity): string {
  return `${printable(resourceId)} in account ${accountId}, ${region}`;
}
