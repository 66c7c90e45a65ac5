import { statSync } from 'node:fs';
import type { Assembly } from '../../infra/assembly';
import { memberTemplatesLimit } from '../../infra/bundle-limits';
import { resourceTypes } from '../../resources/resource-types';
import { maximumRolePolicies, roleSizes } from './role-sizes';
import { plannedTypes } from './with-twenty-types';

/** Something that grows with resource types. */
export interface Room {
  name: string;
  unit: string;
  today: number;
  /** With twenty types. */
  twenty: number;
  limit: number;
  /** With so many types it reaches its limit; absent where it does not grow. */
  fit?: number;
}

/**
 * What grows with resource types.
 * @param today the app's cloud assembly
 * @param twenty the one of `withTwentyTypes`
 */
export function roomForTypes(today: Assembly, twenty: Assembly): Room[] {
  const roles = new Map(roleSizes(twenty).map(({ name, characters }) => [name, characters]));
  const templates = {
    name: 'member templates together',
    unit: 'kB',
    today: memberTemplateBytes(today) / 1_000,
    twenty: memberTemplateBytes(twenty) / 1_000,
    limit: memberTemplatesLimit,
  };
  const policies = roleSizes(today).map(({ name, characters }) => ({
    name: `policies of ${name}`,
    unit: 'characters',
    today: characters,
    twenty: roles.get(name) ?? Number.NaN,
    limit: maximumRolePolicies,
  }));
  return [templates, ...policies].map((one) => ({ ...one, ...typesThatFit(one) }));
}

/** Bytes of all member templates. */
export function memberTemplateBytes({ memberTemplates }: Assembly): number {
  return memberTemplates.reduce((sum, { templateFile }) => sum + statSync(templateFile).size, 0);
}

/** What grows by the same for each type reaches its limit with so many. */
function typesThatFit({ today, twenty, limit }: Omit<Room, 'fit'>): Pick<Room, 'fit'> {
  const typesToday = Object.keys(resourceTypes).length;
  const each = (twenty - today) / (plannedTypes - typesToday);
  return each > 0 ? { fit: Math.floor(typesToday + (limit - today) / each) } : {};
}
