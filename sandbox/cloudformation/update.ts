import { isDeepStrictEqual } from 'node:util';
import { UnsupportedError } from '../failures';
import type { ResourceHandler } from './resource-type';
import type { Template, TemplateResource } from './template';

/** What an update of a stack comes to, by logical ids. */
export interface StackChanges {
  added: string[];
  updated: string[];
  removed: string[];
}

/**
 * What an update of a stack comes to, as far as the sandbox can update one.
 *
 * @param handlers of the resource types, which say what may differ
 * @param name Names the stack in errors.
 * @throws UnsupportedError where anything else differs; metadata and descriptions of templates are for people and tools
 */
export function changesOf(
  before: Template,
  after: Template,
  handlers: ReadonlyMap<string, ResourceHandler>,
  name: string,
): StackChanges {
  for (const section of ['Parameters', 'Mappings', 'Conditions'] as const) {
    if (!isDeepStrictEqual(before[section], after[section])) throw notUpdated(name, section);
  }
  const [old, next] = [before.Resources, after.Resources];
  const updated = Object.keys(next).filter((id) => {
    if (!old[id] || isDeepStrictEqual(withoutMetadata(old[id]), withoutMetadata(next[id]))) return false;
    if (isDeepStrictEqual(fixedPart(old[id], handlers), fixedPart(next[id], handlers))) return true;
    throw notUpdated(name, id);
  });
  return {
    updated,
    added: Object.keys(next).filter((id) => !old[id]),
    removed: Object.keys(old).filter((id) => !next[id]),
  };
}

function notUpdated(name: string, what: string): UnsupportedError {
  return new UnsupportedError(
    `The sandbox adds and removes resources, updates functions, rules, roles, policies and stack sets, and no more: ${what} of ${name} differs.`,
  );
}

function withoutMetadata(resource: TemplateResource | undefined): Partial<TemplateResource> {
  const { Metadata: _metadata, ...rest } = resource ?? {};
  return rest;
}

function fixedPart(
  resource: TemplateResource | undefined,
  handlers: ReadonlyMap<string, ResourceHandler>,
): Partial<TemplateResource> {
  // A dependency is about the order alone.
  const { DependsOn: _order, ...rest } = withoutMetadata(resource);
  const handler = handlers.get(rest.Type ?? '');
  if (!handler?.mayDiffer) return rest;
  const kept = Object.entries(rest.Properties ?? {}).filter(([name]) => !handler.mayDiffer?.(name));
  return { ...rest, Properties: Object.fromEntries(kept) };
}
