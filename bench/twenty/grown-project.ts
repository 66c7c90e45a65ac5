import {
  cpSync,
  mkdirSync,
  readdirSync,
  readFileSync,
  renameSync,
  symlinkSync,
  writeFileSync,
} from 'node:fs';
import { join } from 'node:path';
import { customFacts } from '../../controls/facts';
import { factsOf, resourceTypes } from '../../resources/resource-types';
import { type RegistryLine, withLine } from '../../scripts/new/registry-line';
import { camelCase } from '../../scripts/new/skeleton';

/** What the templates are made of. */
const rooms = [
  ...['core', 'resources', 'controls', 'config', 'decision', 'ledger', 'operator'],
  ...['member-functions', 'hub-functions', 'infra', 'tsconfig.json', 'package.json'],
];

/**
 * Copies the project as it would be with more resource types, so that the copy's templates tell what they come to. Each further
 * type is a copy of one of today's, in turn, with the first of its controls; it has code, a service, actions and ARNs of its
 * own, shares what types share today, and is recorded by AWS Config, which takes the most room.
 * @param root the project's folder
 * @param directory where the copy goes; becomes a folder of its own there
 * @param types how many resource types the copy has
 * @returns the copy's folder
 */
export function growProject(root: string, directory: string, types: number): string {
  const project = join(directory, 'project');
  mkdirSync(project, { recursive: true });
  for (const room of rooms) cpSync(join(root, room), join(project, room), { recursive: true });
  symlinkSync(join(root, 'node_modules'), join(project, 'node_modules'));
  writeFileSync(join(project, 'core', 'copied-facts.ts'), copiedFacts);
  const today = Object.values(resourceTypes);
  for (let number = today.length + 1; number <= types; number += 1) {
    const original = today[number % today.length];
    if (original) addCopy(project, original, String(number).padStart(2, '0'));
  }
  return project;
}

/** Adds one type, and one control of it. */
function addCopy(project: string, { type, slug }: { type: string; slug: string }, number: string): void {
  const control = customFacts.find(({ resourceType }) => resourceType === type);
  if (control === undefined) throw new Error(`${type} has no control.`);
  const copy = { slug: `${slug}-${number}`, control: `${control.id}-${number}`, type: `${type}${number}` };
  copyFolder(project, `resources/${slug}`, `resources/${copy.slug}`);
  copyFolder(project, `controls/${control.id}`, `controls/${copy.control}`);
  for (const file of typescriptIn(join(project, 'controls', copy.control)))
    replaceIn(
      join(project, 'controls', copy.control, file),
      `/resources/${slug}/`,
      `/resources/${copy.slug}/`,
    );

  const facts = importedFrom(project, 'resources/resource-types.ts', `./${slug}/facts`);
  wrapFacts(
    project,
    `resources/${copy.slug}`,
    facts,
    `copiedType(original, '${copy.type}', '${copy.slug}', '${number}')`,
  );
  const service = serviceOf(factsOf(control.resourceType).arn('', '', '', 'aws'));
  wrapFacts(
    project,
    `controls/${copy.control}`,
    'facts',
    `copiedControl(original, '${copy.control}', '${copy.type}', '${service}', '${number}')`,
  );
  const [typeName, controlName] = [camelCase(copy.slug), camelCase(copy.control)];
  for (const line of [
    {
      file: 'resources/resource-types.ts',
      declaration: 'resourceTypes',
      importLine: `import { ${facts} as ${typeName} } from './${copy.slug}/facts';`,
      entry: `'${copy.type}': ${typeName}`,
    },
    {
      file: 'resources/registry.ts',
      declaration: 'resources',
      importLine: `import { ${importedFrom(project, 'resources/registry.ts', `./${slug}`)} as ${typeName} } from './${copy.slug}';`,
      entry: `'${copy.type}': ${typeName}`,
    },
    {
      file: 'controls/facts.ts',
      declaration: 'customFacts',
      importLine: `import { facts as ${controlName} } from './${copy.control}/facts';`,
      entry: controlName,
    },
    {
      file: 'controls/registry.ts',
      declaration: 'customControls',
      importLine: `import { control as ${controlName} } from './${copy.control}';`,
      entry: controlName,
    },
  ])
    addLine(project, line);
}

/** What the facts of copies are made of: a service of their own, in ARNs and actions. */
const copiedFacts = `
const own = (service, number) => (permission) => ({
  ...permission,
  actions: permission.actions.map((action) => action.replace(service + ':', service + number + ':')),
  ...(typeof permission.on === 'object' && {
    on: { ...permission.on, arn: (...place) => renamed(permission.on.arn(...place), service, number) },
  }),
});
const renamed = (arn, service, number) => arn.replace(':' + service + ':', ':' + service + number + ':');

export function copiedType(original, type, slug, number) {
  const service = original.arn('', '', '', 'aws').split(':')[2];
  return {
    ...original,
    type,
    slug,
    arn: (...place) => renamed(original.arn(...place), service, number),
    readPermissions: original.readPermissions.map(own(service, number)),
    trail: { ...original.trail, source: original.trail.source.replace('.', number + '.') },
    patrolPermissions: original.patrolPermissions.map(own(service, number)),
    isRecorded: true,
  };
}

export function copiedControl(original, id, resourceType, service, number) {
  return { ...original, id, resourceType, fixPermissions: original.fixPermissions.map(own(service, number)) };
}
`;

function serviceOf(arn: string): string {
  return arn.split(':')[2] ?? '';
}

/** The one name that a registry imports from a file. */
function importedFrom(project: string, registry: string, file: string): string {
  const text = readFileSync(join(project, registry), 'utf8');
  const name = new RegExp(`import { (\\w+) } from '${file}';`).exec(text)?.[1];
  if (name === undefined) throw new Error(`${registry} imports no one name from ${file}.`);
  return name;
}

function copyFolder(project: string, from: string, to: string): void {
  cpSync(join(project, from), join(project, to), { recursive: true });
}

/** Has a folder's facts be made of what they were. */
function wrapFacts(project: string, folder: string, name: string, made: string): void {
  renameSync(join(project, folder, 'facts.ts'), join(project, folder, 'original-facts.ts'));
  const text = [
    `import { copiedControl, copiedType } from '../../core/copied-facts';`,
    `import { ${name} as original } from './original-facts';`,
    `export const ${name} = ${made};`,
  ];
  writeFileSync(join(project, folder, 'facts.ts'), text.join('\n'));
}

function addLine(project: string, line: RegistryLine): void {
  const file = join(project, line.file);
  writeFileSync(file, withLine(readFileSync(file, 'utf8'), line));
}

function replaceIn(file: string, from: string, to: string): void {
  writeFileSync(file, readFileSync(file, 'utf8').replaceAll(from, to));
}

function typescriptIn(folder: string): string[] {
  return readdirSync(folder).filter((file) => file.endsWith('.ts'));
}
