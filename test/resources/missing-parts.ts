import type { ControlFacts, CustomControl } from '../../controls/control';
import { customControls } from '../../controls/registry';
import type { ResourceIds, ResourceType } from '../../resources/kit/resource-type';
import { resources } from '../../resources/registry';
import type { FixableResourceType } from '../../resources/resource-types';
import type { ResourceType as TypeUnderFaults } from '../faults/resource-types/resource-type';
import type { TypeExamples } from './examples/examples';
import { examples } from './examples/registry';
import { underFaultsOf } from './under-faults';

/** Every key that a thing has to have, held by the compiler. */
type Keys<Thing> = { [Key in keyof Thing as undefined extends Thing[Key] ? never : Key]: true };

const idParts: Keys<ResourceIds> = {
  pattern: true,
  form: true,
  noun: true,
  idNoun: true,
  isNamedBy: true,
  instead: true,
};
const typeParts: Keys<ResourceType> = {
  type: true,
  slug: true,
  ids: true,
  arn: true,
  readPermissions: true,
  patrolPermissions: true,
  trail: true,
  isRecorded: true,
  fromConfigurationItem: true,
  relevantChanges: true,
  fromApi: true,
  apiId: true,
  isApiAnswer: true,
  fits: true,
  idIn: true,
  withId: true,
  savedLines: true,
  changeLines: true,
  applyChanges: true,
};
const exampleParts: Keys<TypeExamples> = {
  ids: true,
  longestId: true,
  noIds: true,
  dangers: true,
  neighbours: true,
};
const faultParts: Keys<TypeUnderFaults> = {
  name: true,
  identity: true,
  adapter: true,
  variants: true,
  plant: true,
  edit: true,
  dangers: true,
  state: true,
  fixed: true,
  unrelated: true,
};
const factParts: Keys<ControlFacts> = {
  kind: true,
  id: true,
  title: true,
  severity: true,
  resourceType: true,
  parameters: true,
  fixPermissions: true,
};
const controlParts: Keys<Omit<CustomControl, keyof ControlFacts>> = {
  fromConfigurationItem: true,
  relevantChanges: true,
  evaluate: true,
  plan: true,
};

/**
 * What is missing of a resource type and its controls, as somebody sees it who runs tests before types are checked.
 * @returns each part by where it belongs: `test/resources/examples/lamp.ts: dangers`
 */
export function missingParts(name: FixableResourceType): string[] {
  const type = resources[name];
  const under = underFaultsOf(name);
  return [
    ...missing(`resources/${type.slug}/`, type, typeParts),
    ...missing(`resources/${type.slug}/ids.ts`, type.ids ?? {}, idParts),
    ...missing(`test/resources/examples/${type.slug}.ts`, examples[name] ?? {}, exampleParts),
    ...(type.isRecorded
      ? missing(`test/resources/examples/${type.slug}.ts`, examples[name] ?? {}, { item: true })
      : []),
    ...(under.length > 0 ? under : [{}]).flatMap((each) =>
      missing(`test/faults/resource-types/${type.slug}.ts`, each, faultParts),
    ),
    ...customControls
      .filter(({ resourceType }) => resourceType === name)
      .flatMap((control) => missing(`controls/${control.id}/`, control, { ...factParts, ...controlParts })),
  ];
}

/** What of these keys a thing lacks. */
export function missing(where: string, thing: object, keys: Readonly<Record<string, true>>): string[] {
  return Object.keys(keys)
    .filter((key) => (thing as Record<string, unknown>)[key] === undefined)
    .map((key) => `${where}: ${key}`);
}
