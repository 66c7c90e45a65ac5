import { camelCase, pascalCase, plural, type Skeleton } from './skeleton';

/**
 * The skeleton of a resource type.
 * @param type AWS's name of it, for example `AWS::Example::Lamp`
 * @param slug names its folders, for example `lamp`
 */
export function resourceSkeleton(type: string, slug: string): Skeleton {
  const name = camelCase(slug);
  const model = pascalCase(slug);
  const many = plural(name);
  const facts = `${name}Facts`;
  return {
    files: {
      [`resources/${slug}/facts.ts`]: `import type { ResourceFacts } from '../kit/resource-type';
import { ${name}Ids } from './ids';
import { ${name}Trail } from './trail';

/** What is known of the type without reading a resource. */
export const ${facts}: ResourceFacts = {
  type: '${type}',
  slug: '${slug}',
  ids: ${name}Ids,
  trail: ${name}Trail,
};
`,
      [`resources/${slug}/ids.ts`]: `import type { ResourceIds } from '../kit/resource-type';

/** What the ids of the type look like. */
export const ${name}Ids: ResourceIds = {};
`,
      [`resources/${slug}/model.ts`]: `import type { ConfigurationItems } from '../kit/resource-type';

/** A resource of the type, as far as it decides what is dangerous. */
export interface ${model} {
  /** Empty where the input does not say. */
  id: string;
}

/**
 * Fills the model from what AWS's API answers.
 * @throws ResourceInputError when it cannot be understood.
 */
export function ${name}FromApi(_answer: unknown): ${model} {
  return {};
}

/** How the model is filled from AWS Config's item. */
export const ${name}Items: ConfigurationItems<${model}> = {};
`,
      [`resources/${slug}/handed-over.ts`]: `import type { HandedOverForms } from '../kit/resource-type';
import { type ${model}, ${name}FromApi } from './model';

/** How resources of the type are handed over by AWS's API and by queries. */
export const ${name}Forms: HandedOverForms<${model}> = {
  fromApi: ${name}FromApi,
};
`,
      [`resources/${slug}/api-form.ts`]: `import type { ApiForm } from '../kit/api-form';

/** In what form AWS's API answers about the type. */
export const ${name}ApiForm: ApiForm = {};
`,
      [`resources/${slug}/shown.ts`]: `import type { Shown } from '../kit/resource-type';

/** How resources of the type are shown. */
export const shown${model}: Shown = {};
`,
      [`resources/${slug}/index.ts`]: `import type { ResourceType } from '../kit/resource-type';
import { ${facts} } from './facts';
import { ${name}Forms } from './handed-over';
import { type ${model}, ${name}Items } from './model';
import { shown${model} } from './shown';

/** All that is known of the type, and pure. */
export const ${name}: ResourceType<${model}> = {
  ...${facts},
  ...${name}Items,
  ...${name}Forms,
  ...shown${model},
};
`,
      [`resources/${slug}/undo.ts`]: `import type { PlanUndo } from '../kit/undo';

/** Plans how a resource gets back what a fix took. */
export const planUndo: PlanUndo = () => ({});
`,
      [`resources/${slug}/calls.ts`]: `import type { ResourceAccess } from '../kit/live-resource';

/** One resource, and the client of the session that may reach it. */
export interface ${model}Access extends Pick<ResourceAccess, 'mayWrite' | 'signal'> {
  /** Of the SDK. */
  client: { destroy(): void };
  id: string;
}
`,
      [`resources/${slug}/read.ts`]: `import type { Reading } from '../kit/live-resource';
import type { ${model}Access } from './calls';
import type { ${model} } from './model';

/**
 * Reads everything that decides what is dangerous, and until when a tag says that the resource is exempt.
 * @returns \`gone\` when there is no such resource
 */
export async function read${model}(_access: ${model}Access): Promise<Reading<${model}> | 'gone'> {
  return {};
}
`,
      [`resources/${slug}/apply.ts`]: `import type { Plan } from '../../core/plan';
import type { OnApplied } from '../kit/live-resource';
import type { ${model}Access } from './calls';
import type { ${model} } from './model';

/**
 * Makes a plan's changes, in their order.
 * @param before what the plan was made from
 * @throws ChangedMeanwhileError when the resource is not any more as it was read
 */
export async function applyTo${model}(
  _access: ${model}Access,
  _plan: Plan,
  _before: ${model},
  _onApplied: OnApplied,
): Promise<void> {
  throw new Error('applyTo${model} in resources/${slug}/apply.ts makes no changes.');
}
`,
      [`resources/${slug}/restore.ts`]: `import type { Change } from '../../core/plan';
import type { OnApplied } from '../kit/live-resource';
import type { ${model}Access } from './calls';

/**
 * Makes the changes of an undo, in their order; one that is made already is passed over.
 * @throws ChangedMeanwhileError when the resource is neither as it was read nor as it should become
 */
export async function undoIn${model}(
  _access: ${model}Access,
  _changes: readonly Change[],
  _onApplied: OnApplied,
): Promise<void> {
  throw new Error('undoIn${model} in resources/${slug}/restore.ts makes no changes.');
}
`,
      [`resources/${slug}/adapter.ts`]: `import { type Adapter, settlesSoon } from '../kit/live-resource';
import { applyTo${model} } from './apply';
import type { ${model}Access } from './calls';
import type { ${model} } from './model';
import { read${model} } from './read';
import { undoIn${model} } from './restore';
import { planUndo } from './undo';

/** Reads and changes resources of the type. */
export function ${name}Adapter(): Adapter<${model}> {
  return {
    resourceType: '${type}',
    planUndo,
    open({ finding, signal, mayWrite }) {
      const access: ${model}Access = { id: finding.resourceId, signal, mayWrite };
      return {
        settling: settlesSoon,
        read: () => read${model}(access),
        apply: (plan, reading, onApplied) => applyTo${model}(access, plan, reading.resource, onApplied),
        applyUndo: (changes, onApplied) => undoIn${model}(access, changes, onApplied),
      };
    },
  };
}

/** The name by which the type's remediation function finds it. */
export { ${name}Adapter as adapter };
`,
      [`resources/${slug}/walk.ts`]: `import type { TypeWalk } from '../kit/walk';
import type { ${model} } from './model';

/** Walks all resources of the type, page by page. */
export function ${name}Walk(): TypeWalk<${model}> {
  return {
    resourceType: '${type}',
    open: () => ({}),
  };
}
`,
      [`resources/${slug}/trail.ts`]: `import type { TrailEvents } from '../kit/trail-events';

/** What CloudTrail records of calls about resources of the type. */
export const ${name}Trail: TrailEvents = {};
`,
      [`sandbox/resources/${slug}/recorded.ts`]: `import type { RecordedType, RecordingParts } from '../../services/config/recorded-type';

/** How the sandbox's AWS Config records the type. */
export function ${many}(_parts: RecordingParts): RecordedType {
  return { resourceType: '${type}' };
}
`,
      [`sandbox/resources/${slug}/planted.ts`]: `import { plantedType } from '../kind';

/** What the scenario plants of the type. */
export const ${many} = plantedType({});
`,
      [`bench/items/${slug}.ts`]: `import type { ItemMaker } from './item-maker';

/** Configuration items of the type. */
export const ${name}Item: ItemMaker = () => ({ resourceType: '${type}' });
`,
      [`bench/patrol/holdings/${slug}.ts`]: `import type { Holding } from './holding';

/** What an account of the bench holds of the type. */
export const ${many}: Holding = {};
`,
      [`test/resources/walked/${slug}.ts`]: `import type { WalkedType } from './walked-type';

/** How the walk of the type meets AWS. */
export const ${many}: WalkedType = { type: '${type}' };
`,
      [`test/resources/examples/${slug}.ts`]: `import type { TypeExamples } from './examples';

/** Examples of the type. */
export const ${name}Examples: TypeExamples = {};
`,
      [`test/faults/resource-types/${slug}.ts`]: `import { ${name}Adapter } from '../../../resources/${slug}/adapter';
import type { ResourceType } from './resource-type';

/** The type as the scenarios plant it. */
export const ${name}: ResourceType = {
  name: '${slug}',
  adapter: ${name}Adapter(),
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
        file: 'resources/api-forms.ts',
        declaration: 'apiForms',
        importLine: `import { ${name}ApiForm } from './${slug}/api-form';`,
        entry: `'${type}': ${name}ApiForm`,
      },
      {
        file: 'resources/walks.ts',
        declaration: 'walks',
        importLine: `import { ${name}Walk } from './${slug}/walk';`,
        entry: `'${type}': ${name}Walk`,
      },
      {
        file: 'infra/bundle-limits.ts',
        declaration: 'bundleLimits',
        // Too small for anything: the test says how large it is.
        entry: `'staunch-remediate-${slug}': 0`,
      },
      {
        file: 'sandbox/resources/recorded.ts',
        declaration: 'all',
        importLine: `import { ${many} } from './${slug}/recorded';`,
        entry: `${many}`,
      },
      {
        file: 'sandbox/resources/planted.ts',
        declaration: 'plantedTypes',
        importLine: `import { ${many} } from './${slug}/planted';`,
        entry: `${many}`,
      },
      {
        file: 'bench/items/registry.ts',
        declaration: 'makers',
        importLine: `import { ${name}Item } from './${slug}';`,
        entry: `${name}Item`,
      },
      {
        file: 'bench/patrol/holdings/registry.ts',
        declaration: 'holdings',
        importLine: `import { ${many} } from './${slug}';`,
        entry: `'${type}': ${many}`,
      },
      {
        file: 'test/resources/walked/registry.ts',
        declaration: 'walkedTypes',
        importLine: `import { ${many} } from './${slug}';`,
        entry: `'${type}': ${many}`,
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
