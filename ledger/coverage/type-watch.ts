import type { PlaceCoverage } from './place-coverage';

/** How far an account and Region are watched, for one resource type. */
export interface TypeWatch {
  /** Since when the place is watched, ISO 8601. */
  since: string;
  /** When the first walk of the type was over, ISO 8601; absent where none is. */
  firstOverAt?: string;
}

/**
 * What the coverage of a place says of one of its types.
 * @returns `unknown` where nothing is known of the place
 */
export function typeWatchOf(
  coverage: PlaceCoverage | undefined,
  resourceType: string,
): TypeWatch | 'unknown' {
  if (!coverage) return 'unknown';
  const { since, types } = coverage;
  const known = Object.hasOwn(types, resourceType) ? types[resourceType] : undefined;
  // Versions before kept only when the latest walk began that went through.
  const firstOverAt = known?.firstOverAt ?? known?.coveredAt;
  return { since, ...(firstOverAt !== undefined && { firstOverAt }) };
}
