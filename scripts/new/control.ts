import type { KnownType } from './known-types';
import { camelCase, pascalCase, type Skeleton } from './skeleton';

/**
 * The skeleton of a control that Staunch evaluates and fixes.
 * @param id lower-case words joined by hyphens, for example `lamp-left-on`
 * @param of its resource type
 */
export function controlSkeleton(id: string, { type, slug, model, items }: KnownType): Skeleton {
  const name = camelCase(id);
  const parameters = `${pascalCase(id)}Parameters`;
  const modelPath = `../../resources/${slug}/model`;
  return {
    files: {
      [`controls/${id}/facts.ts`]: `import type { ControlFacts } from '../control';
import { parametersSchema, type ${parameters} } from './parameters';

/** What is known of the control without judging anything by it. */
export const facts: ControlFacts<${parameters}> = {
  kind: 'custom',
  id: '${id}',
  resourceType: '${type}',
  parameters: parametersSchema,
};
`,
      [`controls/${id}/parameters.ts`]: `import * as z from 'zod/mini';

/** The control's parameters: it has none. */
export const parametersSchema = z.strictObject({});

/** Parameters as the schema returns them. */
export type ${parameters} = z.infer<typeof parametersSchema>;
`,
      [`controls/${id}/parameter-descriptions.ts`]: `import type { ${parameters} } from './parameters';

/** What each parameter says; apart from the schema, so that no rule function carries it. */
export const parameterDescriptions: Readonly<Record<keyof ${parameters}, string>> = {};
`,
      [`controls/${id}/evaluate.ts`]: `import type { Evaluation } from '../../core/evaluation';
import type { ${model} } from '${modelPath}';

/** Whether the resource is dangerous. */
export function evaluate(_resource: ${model}): Evaluation {
  return {};
}
`,
      [`controls/${id}/plan.ts`]: `import type { Plan } from '../../core/plan';
import type { ${model} } from '${modelPath}';

/** The smallest change that takes the danger, and nothing else. */
export function plan(_resource: ${model}): Plan {
  return {};
}
`,
      [`controls/${id}/index.ts`]: `import { type ${model}, ${items} } from '${modelPath}';
import type { CustomControl } from '../control';
import { evaluate } from './evaluate';
import { facts } from './facts';
import type { ${parameters} } from './parameters';
import { plan } from './plan';

/** What it finds, and what its fix takes. */
export const control: CustomControl<${model}, ${parameters}> = {
  ...facts,
  ...${items},
  evaluate,
  plan,
};
`,
      [`docs/controls/${id}.md`]: pageFrame(id),
    },
    lines: [
      {
        file: 'controls/facts.ts',
        declaration: 'customFacts',
        importLine: `import { facts as ${name} } from './${id}/facts';`,
        entry: name,
      },
      {
        file: 'controls/registry.ts',
        declaration: 'customControls',
        importLine: `import { control as ${name} } from './${id}';`,
        entry: name,
      },
      {
        file: 'controls/parameter-descriptions.ts',
        declaration: 'parameterDescriptions',
        importLine: `import { parameterDescriptions as ${name} } from './${id}/parameter-descriptions';`,
        entry: `'${id}': ${name}`,
      },
    ],
  };
}

/** The sections of a control's page, with the marks between which `npm run docs` writes. */
function pageFrame(id: string): string {
  const made = (name: string) => `<!-- made of the code: ${name} -->\n<!-- end -->`;
  const sections = [
    ['What counts'],
    ['Exceptions'],
    ['Parameters', made('parameters')],
    ['The fix'],
    ['Side effects'],
    ['IAM', made('permissions')],
  ];
  return `# ${id}\n\n${made('facts')}\n\n${sections.map(([title, ...more]) => [`## ${title}`, ...more].join('\n\n')).join('\n\n')}\n`;
}
