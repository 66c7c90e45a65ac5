import { readdir, readFile } from 'node:fs/promises';
import { join } from 'node:path';
import type { AssembledStack, Assembly, Template } from '../infra/assembly';

/** A function as a template deploys it. */
export interface DeployedFunction {
  name: string;
  /** Text of its bundle. */
  code: string;
  /** Its environment; a URL that leads nowhere stands for what only a deployment knows. */
  variables: Record<string, string>;
  /** Files beside its bundle, by name. */
  files: Record<string, string>;
}

/** Every function of a cloud assembly, those of member templates included. */
export async function deployedFunctions({ stacks, memberTemplates }: Assembly): Promise<DeployedFunction[]> {
  const found = await Promise.all([
    ...stacks.map((stack) => functionsOf(stack.template, stack)),
    ...memberTemplates.map(({ template }) => functionsOf(template)),
  ]);
  return found.flat();
}

function functionsOf(template: Template, stack?: AssembledStack): Promise<DeployedFunction[]> {
  const resources = Object.values(template.Resources).filter(({ Type }) => Type === 'AWS::Lambda::Function');
  return Promise.all(
    resources.map(async ({ Properties = {} }) => {
      const { ZipFile, S3Key } = Properties.Code as { ZipFile?: string; S3Key?: string };
      const { Variables = {} } = (Properties.Environment ?? {}) as { Variables?: Record<string, unknown> };
      const folder = stack?.assets.find(({ objectKey }) => objectKey === S3Key)?.path ?? '';
      return {
        name: String(Properties.FunctionName),
        code: ZipFile ?? (await readFile(join(folder, 'index.js'), 'utf8')),
        variables: Object.fromEntries(
          Object.entries(Variables).map(([key, value]) => [
            key,
            typeof value === 'string' ? value : 'https://example.invalid',
          ]),
        ),
        files: ZipFile === undefined ? await filesBeside(folder) : {},
      };
    }),
  );
}

/** What a function reads beside its bundle: the policy, and the sets of parameters. */
async function filesBeside(folder: string): Promise<Record<string, string>> {
  const names = (await readdir(folder)).filter((name) => name.endsWith('.json'));
  const texts = await Promise.all(names.map((name) => readFile(join(folder, name), 'utf8')));
  return Object.fromEntries(names.map((name, index) => [name, texts[index] ?? '']));
}
