import { type SharedResource, type Sharee, withoutSharees } from './shared-resource';

/** Takes one from a share list; no other is touched by it. */
export type ShareRemoval = { action: 'removeShare'; text: string } & Sharee;

/** Puts one back on a share list, by an undo. */
export type ShareRestoration = { action: 'restoreShare'; text: string } & Sharee;

/** Whether a change takes one from a share list. */
export function isShareRemoval(change: { action: string }): change is ShareRemoval {
  return change.action === 'removeShare' && namesOne(change);
}

/** Whether a change puts one back on a share list. */
export function isShareRestoration(change: { action: string }): change is ShareRestoration {
  return change.action === 'restoreShare' && namesOne(change);
}

/** Whom a change is about. */
export function shareeOf(change: ShareRemoval | ShareRestoration): Sharee {
  const version = change.version === undefined ? {} : { version: change.version };
  if ('group' in change) return { group: 'all', ...version };
  return 'account' in change
    ? { account: change.account, ...version }
    : { organization: change.organization, ...version };
}

/** The resource as it is after changes of a plan. */
export function shareAfter<Resource extends SharedResource>(
  resource: Resource,
  changes: readonly { action: string }[],
): Resource {
  const taken = changes.filter(isShareRemoval).map(shareeOf);
  return { ...resource, share: withoutSharees(resource.share, taken) };
}

function namesOne(change: object): boolean {
  const { group, account, organization, version } = change as Partial<Record<string, unknown>>;
  if (version !== undefined && typeof version !== 'string') return false;
  return group === 'all' || typeof account === 'string' || typeof organization === 'string';
}
