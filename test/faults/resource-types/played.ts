import { resourceTypesUnderFaults } from './registry';
import type { ResourceType } from './resource-type';

/**
 * The resource types that runs are about: all of them, or the one that a variable of the environment names.
 * @param environment `STAUNCH_FAULTS_OF` is its name here, for example `queue`
 * @throws Error when no type is called so; it says which there are
 */
export function playedTypes(
  { STAUNCH_FAULTS_OF: wanted }: Readonly<Record<string, string | undefined>> = process.env,
): readonly ResourceType[] {
  if (!wanted) return resourceTypesUnderFaults;
  const chosen = resourceTypesUnderFaults.filter(({ name }) => name === wanted);
  if (chosen.length > 0) return chosen;
  const names = resourceTypesUnderFaults.map(({ name }) => name).join(', ');
  throw new Error(`STAUNCH_FAULTS_OF names no resource type under faults: ${names}.`);
}
