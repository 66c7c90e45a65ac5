import type { Partition } from './partition';
import type { Permission, RelatedResources } from './permission';

/** What a policy has to allow. */
export interface Grant {
  /** Each once, in the order in which they are asked for. */
  actions: string[];
  /** ARN, ARN pattern, or `*`. */
  resource: string;
  /** As a policy's `Condition`. */
  conditions?: { StringEquals: Record<string, string> };
  /** What the resource is. */
  on: 'resource' | RelatedResources | 'any';
}

/** Whose permissions become grants. */
export interface GrantPlace {
  /** ARN, or ARN pattern, of what `resource` means. */
  resource: string;
  accountId: string;
  /** A Region, or `*`. */
  region: string;
  /** Needed where no Region says it. */
  partition?: Partition;
}

/**
 * What policies have to say for permissions: one grant for each resource and condition, what is on the resource first, and
 * what AWS cannot limit last.
 */
export function grantsOf(permissions: readonly Permission[], place: GrantPlace): Grant[] {
  const grants = new Map<string, Grant>();
  for (const { actions, on } of permissions) {
    const resource = resourceOf(on, place);
    const equals = typeof on === 'object' ? on.equals : undefined;
    const key = JSON.stringify([resource, equals]);
    const known = grants.get(key);
    grants.set(key, {
      actions: [...new Set([...(known?.actions ?? []), ...actions])],
      resource,
      ...(equals && { conditions: { StringEquals: { ...equals } } }),
      on,
    });
  }
  const rank = ({ on }: Grant) => (on === 'resource' ? 0 : on === 'any' ? 2 : 1);
  return [...grants.values()].sort((one, other) => rank(one) - rank(other));
}

function resourceOf(on: Permission['on'], { resource, accountId, region, partition }: GrantPlace): string {
  if (on === 'resource') return resource;
  return on === 'any' ? '*' : on.arn(accountId, region, partition);
}
