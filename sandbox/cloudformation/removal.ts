import { UnsupportedError } from '../failures';
import type { CreatedResource } from './resource-type';
import { settleAll } from './settle';
import { resourceOf, type Template } from './template';

/**
 * Removes the resources of a stack, except those that its template retains: each after those that refer to it.
 *
 * @param graph The stack's resources, each with those that it refers to.
 * @param where Names the stack in errors.
 * @throws UnsupportedError, before anything is removed, where the sandbox cannot remove one of them.
 */
export async function removeResources(
  template: Template,
  graph: ReadonlyMap<string, ReadonlySet<string>>,
  created: ReadonlyMap<string, Promise<CreatedResource>>,
  where: string,
): Promise<void> {
  const removals = new Map<string, () => Promise<void>>();
  const unsupported = new Set<string>();
  for (const [logicalId, promise] of created) {
    const { Type, DeletionPolicy = 'Delete' } = resourceOf(template, logicalId);
    if (DeletionPolicy !== 'Delete') continue;
    const { remove } = await promise;
    if (remove) removals.set(logicalId, remove);
    else unsupported.add(Type);
  }
  if (unsupported.size > 0) {
    const types = [...unsupported].sort().join(', ');
    throw new UnsupportedError(`${where} should be removed, but the sandbox cannot remove: ${types}.`);
  }
  const removed = new Map<string, Promise<void>>();
  const removeAfterDependents = async (logicalId: string): Promise<void> => {
    const dependents = [...graph].filter(([, needs]) => needs.has(logicalId)).map(([dependent]) => dependent);
    await Promise.all(dependents.map(removeOnce));
    await removals.get(logicalId)?.();
  };
  const removeOnce = (logicalId: string): Promise<void> => {
    const removal = removed.get(logicalId) ?? removeAfterDependents(logicalId);
    removed.set(logicalId, removal);
    return removal;
  };
  await settleAll([...graph.keys()].map(removeOnce));
}
