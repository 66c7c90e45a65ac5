import { isParentId, rootPartOf } from './formats';
import type { KeyPath } from './key-path';

/** Something that is wrong between two keys, each of which is right by itself. */
export interface Inconsistency {
  path: KeyPath;
  message: string;
}

/**
 * Checks what no single key can say. It looks at the document before the schema does, so that these are told together
 * with everything that is malformed; what is malformed is passed over here.
 * @param document the policy file as plain values
 */
export function inconsistencies(document: unknown): Inconsistency[] {
  return [
    ...hubIsManagement(document),
    ...hubRegionMissing(document),
    ...flagForManagement(document),
    ...otherRoots(document),
  ];
}

/**
 * The hub is a delegated administrator, which has to be a member account:
 * https://docs.aws.amazon.com/AWSCloudFormation/latest/UserGuide/stacksets-orgs-delegated-admin.html
 */
function hubIsManagement(document: unknown): Inconsistency[] {
  const hub = at(document, 'hub', 'account');
  if (typeof hub !== 'string' || hub !== at(document, 'organization', 'managementAccount')) return [];
  const message =
    'this is the management account; the hub has to be a member account, best one for security alone.';
  return [{ path: ['hub', 'account'], message }];
}

function hubRegionMissing(document: unknown): Inconsistency[] {
  const region = at(document, 'hub', 'region');
  const regions = at(document, 'regions');
  if (typeof region !== 'string' || !Array.isArray(regions) || regions.includes(region)) return [];
  return [{ path: ['hub', 'region'], message: "regions does not list the hub's Region; add it there." }];
}

/**
 * Service-managed stack sets never reach the management account, so its flag would never count:
 * https://docs.aws.amazon.com/AWSCloudFormation/latest/UserGuide/stacksets-orgs.html
 */
function flagForManagement(document: unknown): Inconsistency[] {
  const management = at(document, 'organization', 'managementAccount');
  const flags = at(document, 'autoResponse', 'accounts');
  if (typeof management !== 'string' || !isObject(flags) || !Object.hasOwn(flags, management)) return [];
  const message = 'this is the management account, which Staunch does not watch; take its flag out.';
  return [{ path: ['autoResponse', 'accounts', management], message }];
}

/** Ids of two organizations in one policy: half of it would never apply. */
function otherRoots(document: unknown): Inconsistency[] {
  const targets = at(document, 'targets');
  const flags = at(document, 'autoResponse', 'organizationalUnits');
  const listed = Array.isArray(targets)
    ? targets.map((id: unknown, index) => ({ id, path: ['targets', index] as KeyPath }))
    : [];
  const flagged = isObject(flags)
    ? Object.keys(flags).map((id) => ({ id, path: ['autoResponse', 'organizationalUnits', id] as KeyPath }))
    : [];
  const parents = [...listed, ...flagged].flatMap(({ id, path }) =>
    typeof id === 'string' && isParentId(id) ? [{ id, path }] : [],
  );
  const [first] = parents;
  return parents
    .filter(({ id }) => first && rootPartOf(id) !== rootPartOf(first.id))
    .map(({ id, path }) => ({
      path,
      message: `${id} lies under another root than ${first?.id}, so in another organization; correct one of them.`,
    }));
}

function isObject(value: unknown): value is Record<string, unknown> {
  return typeof value === 'object' && value !== null && !Array.isArray(value);
}

function at(value: unknown, ...path: readonly string[]): unknown {
  return path.reduce<unknown>((inner, key) => (isObject(inner) ? inner[key] : undefined), value);
}
