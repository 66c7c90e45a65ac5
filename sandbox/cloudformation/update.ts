import { isDeepStrictEqual } from 'node:util';
import { UnsupportedError } from '../failures';
import type { Template, TemplateResource } from './template';

/**
 * What an update of a stack comes to, as far as the sandbox can update one.
 *
 * @param name Names the stack in errors.
 * @returns the logical ids of the functions whose code differs
 * @throws UnsupportedError where anything else differs; metadata and descriptions of templates are for people and tools
 */
export function functionsWithNewCode(before: Template, after: Template, name: string): string[] {
  for (const section of ['Parameters', 'Mappings', 'Conditions', 'Outputs'] as const) {
    if (!isDeepStrictEqual(before[section], after[section])) throw notUpdated(name, section);
  }
  const ids = new Set([...Object.keys(before.Resources), ...Object.keys(after.Resources)]);
  return [...ids].filter((id) => {
    const [old, next] = [before.Resources[id], after.Resources[id]];
    if (isDeepStrictEqual(withoutMetadata(old), withoutMetadata(next))) return false;
    if (isDeepStrictEqual(withoutCode(old), withoutCode(next))) return true;
    throw notUpdated(name, id);
  });
}

function notUpdated(name: string, what: string): UnsupportedError {
  return new UnsupportedError(
    `The sandbox updates nothing but the code of functions, and ${what} of ${name} differs.`,
  );
}

function withoutMetadata(resource: TemplateResource | undefined): Partial<TemplateResource> {
  const { Metadata: _metadata, ...rest } = resource ?? {};
  return rest;
}

function withoutCode(resource: TemplateResource | undefined): Partial<TemplateResource> {
  const rest = withoutMetadata(resource);
  if (rest.Type !== 'AWS::Lambda::Function') return rest;
  const { Code: _code, ...Properties } = rest.Properties ?? {};
  return { ...rest, Properties };
}
