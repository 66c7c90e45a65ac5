import { isDeepStrictEqual } from 'node:util';
import { UnsupportedError } from '../failures';
import type { Template, TemplateResource } from './template';

/**
 * The types of which the sandbox can update a resource, by creating it again over what is there: which properties may differ then.
 * The others would replace the resource, or are not followed up.
 */
const updatable: Readonly<Record<string, (name: string) => boolean>> = {
  'AWS::Lambda::Function': (name) => name !== 'FunctionName' && name !== 'Role',
  'AWS::Events::Rule': (name) => name !== 'Name' && name !== 'EventBusName',
  'AWS::Config::ConfigRule': (name) => name !== 'ConfigRuleName',
  'AWS::CloudFormation::StackSet': (name) => name === 'TemplateURL',
};

/**
 * What an update of a stack comes to, as far as the sandbox can update one.
 *
 * @param name Names the stack in errors.
 * @returns the logical ids of the resources to update
 * @throws UnsupportedError where anything else differs; metadata and descriptions of templates are for people and tools
 */
export function resourcesToUpdate(before: Template, after: Template, name: string): string[] {
  for (const section of ['Parameters', 'Mappings', 'Conditions', 'Outputs'] as const) {
    if (!isDeepStrictEqual(before[section], after[section])) throw notUpdated(name, section);
  }
  const ids = new Set([...Object.keys(before.Resources), ...Object.keys(after.Resources)]);
  return [...ids].filter((id) => {
    const [old, next] = [before.Resources[id], after.Resources[id]];
    if (isDeepStrictEqual(withoutMetadata(old), withoutMetadata(next))) return false;
    if (isDeepStrictEqual(withoutUpdatable(old), withoutUpdatable(next))) return true;
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

function withoutUpdatable(resource: TemplateResource | undefined): Partial<TemplateResource> {
  const rest = withoutMetadata(resource);
  const mayDiffer = rest.Type !== undefined && Object.hasOwn(updatable, rest.Type) && updatable[rest.Type];
  if (!mayDiffer) return rest;
  const kept = Object.entries(rest.Properties ?? {}).filter(([name]) => !mayDiffer(name));
  return { ...rest, Properties: Object.fromEntries(kept) };
}
