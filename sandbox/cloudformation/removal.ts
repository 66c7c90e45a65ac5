import { UnsupportedError } from '../failures';
import type { CreatedResource } from './resource-type';
import { settleAll } from './settle';
import type { TemplateResource } from './template';

/** A resource that is there, and may have to go. */
export interface Removable {
  logicalId: string;
  resource: TemplateResource;
  created: CreatedResource;
}

/**
 * Removes resources of a stack, except those that its template retains: each after those that refer to it.
 *
 * @param graph The stack's resources, each with those that it refers to.
 * @param where Names the stack in errors.
 * @param removing Hears of each before and after it is removed; default: nobody.
 * @throws UnsupportedError, before anything is removed, where the sandbox cannot remove one of them.
 */
export async function removeResources(
  all: readonly Removable[],
  graph: ReadonlyMap<string, ReadonlySet<string>>,
  where: string,
  removing: (one: Removable, remove: () => Promise<void>) => Promise<void> = (_, remove) => remove(),
): Promise<void> {
  const removals = new Map<string, () => Promise<void>>();
  const unsupported = new Set<string>();
  for (const one of all) {
    const { Type, DeletionPolicy = 'Delete' } = one.resource;
    if (DeletionPolicy !== 'Delete') continue;
    const { remove } = one.created;
    if (remove) removals.set(one.logicalId, () => removing(one, remove));
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
  await settleAll(all.map(({ logicalId }) => removeOnce(logicalId)));
}
