import { camelCase, type Skeleton } from './skeleton';

/**
 * The skeleton of a resource type.
 * @param type AWS's name of it, for example `AWS::Example::Lamp`
 * @param slug names its folders, for example `lamp`
 */
export function resourceSkeleton(type: string, slug: string): Skeleton {
  const name = camelCase(slug);
  const facts = `${name}Facts`;
  return {
    files: {
      [`resources/${slug}/facts.ts`]: `import type { ResourceFacts } from '../kit/resource-type';

/** What is known of the type without reading a resource. */
export const ${facts}: ResourceFacts = {
  type: '${type}',
  slug: '${slug}',
};
`,
      [`resources/${slug}/model.ts`]: `import type { ConfigurationItems } from '../kit/resource-type';

/** How the model is filled from AWS Config's item. */
export const ${name}Items: ConfigurationItems = {};
`,
      [`resources/${slug}/handed-over.ts`]: `import type { HandedOverForms } from '../kit/resource-type';

/** How resources of the type are handed over by AWS's API and by queries. */
export const ${name}Forms: HandedOverForms = {};
`,
      [`resources/${slug}/shown.ts`]: `import type { Shown } from '../kit/resource-type';

/** How resources of the type are shown. */
export const ${name}Shown: Shown = {};
`,
      [`resources/${slug}/index.ts`]: `import type { ResourceType } from '../kit/resource-type';
import { ${facts} } from './facts';
import { ${name}Forms } from './handed-over';
import { ${name}Items } from './model';
import { ${name}Shown } from './shown';

/** All that is known of the type, and pure. */
export const ${name}: ResourceType = {
  ...${facts},
  ...${name}Items,
  ...${name}Forms,
  ...${name}Shown,
};
`,
      [`resources/${slug}/adapter.ts`]: `import type { Adapter } from '../kit/live-resource';

/** Reads and changes resources of the type. */
export function adapter(): Adapter {
  return { resourceType: '${type}' };
}
`,
      [`sandbox/resources/${slug}/recorded.ts`]: `import type { RecordedType, RecordingParts } from '../../services/config/recorded-type';

/** How the sandbox's AWS Config records the type. */
export function ${name}Recorded({ clients }: RecordingParts): RecordedType {
  return { resourceType: '${type}' };
}
`,
      [`sandbox/resources/${slug}/planted.ts`]: `import { plantedType } from '../kind';

/** What the scenario plants of the type. */
export const ${name}Planted = plantedType({});
`,
      [`bench/items/${slug}.ts`]: `import type { ItemMaker } from './item-maker';

/** Configuration items of the type. */
export const ${name}Item: ItemMaker = () => ({ resourceType: '${type}' });
`,
      [`test/resources/examples/${slug}.ts`]: `import type { TypeExamples } from './examples';

/** Examples of the type. */
export const ${name}Examples: TypeExamples = {};
`,
      [`test/faults/resource-types/${slug}.ts`]: `import { adapter } from '../../../resources/${slug}/adapter';
import type { ResourceType } from './resource-type';

/** The type as the scenarios plant it. */
export const ${name}: ResourceType = {
  name: '${slug}',
  adapter: adapter(),
};
`,
    },
    lines: [
      {
        file: 'resources/resource-types.ts',
        declaration: 'resourceTypes',
        importLine: `import { ${facts} } from './${slug}/facts';`,
        entry: `'${type}': ${facts}`,
      },
      {
        file: 'resources/registry.ts',
        declaration: 'resources',
        importLine: `import { ${name} } from './${slug}';`,
        entry: `'${type}': ${name}`,
      },
      {
        file: 'sandbox/resources/recorded.ts',
        declaration: 'all',
        importLine: `import { ${name}Recorded } from './${slug}/recorded';`,
        entry: `${name}Recorded`,
      },
      {
        file: 'sandbox/resources/planted.ts',
        declaration: 'plantedTypes',
        importLine: `import { ${name}Planted } from './${slug}/planted';`,
        entry: `${name}Planted`,
      },
      {
        file: 'bench/items/registry.ts',
        declaration: 'makers',
        importLine: `import { ${name}Item } from './${slug}';`,
        entry: `${name}Item`,
      },
      {
        file: 'test/resources/examples/registry.ts',
        declaration: 'examples',
        importLine: `import { ${name}Examples } from './${slug}';`,
        entry: `'${type}': ${name}Examples`,
      },
      {
        file: 'test/faults/resource-types/registry.ts',
        declaration: 'resourceTypesUnderFaults',
        importLine: `import { ${name} } from './${slug}';`,
        entry: name,
      },
    ],
  };
}
