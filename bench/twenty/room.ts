import { statSync } from 'node:fs';
import type { Assembly } from '../../infra/assembly';
import { memberTemplatesLimit } from '../../infra/bundle-limits';
import { resourceTypes } from '../../resources/resource-types';
import { kilobytes } from '../kilobytes';
import { maximumRolePolicies, roleSizes } from './role-sizes';
import { plannedTypes } from './with-twenty-types';

/**
 * What grows with resource types: its size today, with twenty, its limit, and with how many types it reaches that.
 * @param today the app's cloud assembly
 * @param twenty the one of `withTwentyTypes`
 */
export function roomForTypes(today: Assembly, twenty: Assembly): (string | number)[][] {
  const roles = new Map(roleSizes(twenty).map(({ name, characters }) => [name, characters]));
  const [now, then] = [memberTemplateBytes(today), memberTemplateBytes(twenty)];
  return [
    [
      'member templates together, kB',
      kilobytes(now),
      kilobytes(then),
      memberTemplatesLimit,
      typesThatFit(now, then, memberTemplatesLimit * 1_000),
    ],
    ...roleSizes(today).map(({ name, characters }) => {
      const grown = roles.get(name) ?? Number.NaN;
      const fit = typesThatFit(characters, grown, maximumRolePolicies);
      return [`policies of ${name}, characters`, characters, grown, maximumRolePolicies, fit];
    }),
  ];
}

/** Bytes of all member templates. */
export function memberTemplateBytes({ memberTemplates }: Assembly): number {
  return memberTemplates.reduce((sum, { templateFile }) => sum + statSync(templateFile).size, 0);
}

/** What grows by the same for each type reaches its limit with so many; empty where it does not grow. */
function typesThatFit(today: number, twenty: number, limit: number): number | string {
  const typesToday = Object.keys(resourceTypes).length;
  const each = (twenty - today) / (plannedTypes - typesToday);
  return each > 0 ? Math.floor(typesToday + (limit - today) / each) : '';
}
