import type { TrailCall } from '../../../core/trail-call';
import { type Fields, isFields } from '../input';

/**
 * Whether an event tells what a call changed of a share list, and that it added nobody. Where it does not tell, it may have.
 * @param list the list's name in the event: `createVolumePermission`, `launchPermission`
 */
export function addsNobody({ requestParameters }: TrailCall, list: string): boolean {
  const change = requestParameters?.[list];
  if (!isFields(change)) return false;
  const kinds = Object.keys(change);
  return kinds.length > 0 && kinds.every((kind) => kind === 'remove');
}

/** The parameters of EC2's newer operations, which are recorded under the name of their request. */
export function requestOf({ eventName, requestParameters }: TrailCall): Fields {
  const request = requestParameters?.[`${eventName}Request`];
  return isFields(request) ? request : {};
}
