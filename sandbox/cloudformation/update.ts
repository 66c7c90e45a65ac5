import { isDeepStrictEqual } from 'node:util';
import { UnsupportedError } from '../failures';
import type { ResourceHandler } from './resource-type';
import type { Template, TemplateResource } from './template';

/**
 * What an update of a stack comes to, as far as the sandbox can update one.
 *
 * @param handlers of the resource types, which say what may differ
 * @param name Names the stack in errors.
 * @returns the logical ids of the resources to update
 * @throws UnsupportedError where anything else differs; metadata and descriptions of templates are for people and tools
 */
export function resourcesToUpdate(
  before: Template,
  after: Template,
  handlers: ReadonlyMap<string, ResourceHandler>,
  name: string,
): string[] {
  for (const section of ['Parameters', 'Mappings', 'Conditions', 'Outputs'] as const) {
    if (!isDeepStrictEqual(before[section], after[section])) throw notUpdated(name, section);
  }
  const ids = new Set([...Object.keys(before.Resources), ...Object.keys(after.Resources)]);
  return [...ids].filter((id) => {
    const [old, next] = [before.Resources[id], after.Resources[id]];
    if (isDeepStrictEqual(withoutMetadata(old), withoutMetadata(next))) return false;
    if (isDeepStrictEqual(fixedPart(old, handlers), fixedPart(next, handlers))) return true;
    throw notUpdated(name, id);
  });
}

function notUpdated(name: string, what: string): UnsupportedError {
  return new UnsupportedError(
    `The sandbox updates functions, rules and the templates of stack sets, and no more: ${what} of ${name} differs.`,
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
  const rest = withoutMetadata(resource);
  const handler = handlers.get(rest.Type ?? '');
  if (!handler?.mayDiffer) return rest;
  const kept = Object.entries(rest.Properties ?? {}).filter(([name]) => !handler.mayDiffer?.(name));
  return { ...rest, Properties: Object.fromEntries(kept) };
}
