import { camelCase, type Skeleton } from './skeleton';

/**
 * The skeleton of a control that Staunch evaluates and fixes.
 * @param id lower-case words joined by hyphens, for example `lamp-left-on`
 * @param type AWS's name of its resource type
 */
export function controlSkeleton(id: string, type: string): Skeleton {
  const name = camelCase(id);
  return {
    files: {
      [`controls/${id}/facts.ts`]: `import type { ControlFacts } from '../control';

/** What is known of the control without judging anything by it. */
export const facts: ControlFacts = {
  kind: 'custom',
  id: '${id}',
  resourceType: '${type}',
};
`,
      [`controls/${id}/parameter-descriptions.ts`]: `/** What each parameter says; apart from the schema, so that no rule function carries it. */
export const parameterDescriptions: Readonly<Record<string, string>> = {};
`,
      [`docs/controls/${id}.md`]: pageFrame(id),
      [`controls/${id}/index.ts`]: `import type { CustomControl } from '../control';
import { facts } from './facts';

/** What it finds, and what its fix takes. */
export const control: CustomControl = {
  ...facts,
};
`,
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
