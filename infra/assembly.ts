import { readFileSync } from 'node:fs';
import { join } from 'node:path';
import * as z from 'zod/mini';

/** A CloudFormation resource, as a template describes it. */
export interface TemplateResource {
  Type: string;
  Properties?: Record<string, unknown>;
  DependsOn?: string | string[];
  Condition?: string;
  DeletionPolicy?: string;
  UpdateReplacePolicy?: string;
  Metadata?: Record<string, unknown>;
}

/** A CloudFormation template. */
export interface Template {
  Description?: string;
  Parameters?: Record<string, unknown>;
  Conditions?: Record<string, unknown>;
  Resources: Record<string, TemplateResource>;
  Outputs?: Record<string, { Value: unknown }>;
}

/** A file or folder of the assembly that is uploaded for a stack. */
export interface AssetFile {
  /** Absolute path of the file or folder. */
  path: string;
  /** Where it goes, as the template names it. */
  bucketName: string;
  objectKey: string;
}

/** One stack of the hub. */
export interface AssembledStack {
  stackName: string;
  /** Twelve digits. */
  account: string;
  region: string;
  template: Template;
  /** Absolute path of the template. */
  templateFile: string;
  /** Everything that its template names by bucket and key, member templates among them. */
  assets: AssetFile[];
}

/** The template that a stack set deploys into members. */
export interface MemberTemplate {
  stackSetName: string;
  template: Template;
  templateFile: string;
}

/** A cloud assembly, read. */
export interface Assembly {
  stacks: AssembledStack[];
  memberTemplates: MemberTemplate[];
}

/** Thrown when a folder is not a cloud assembly of this app. */
export class AssemblyError extends Error {
  override readonly name = 'AssemblyError';
}

const assetsSchema = z.object({
  files: z.record(
    z.string(),
    z.object({
      source: z.object({ path: z.string() }),
      destinations: z.record(z.string(), z.object({ bucketName: z.string(), objectKey: z.string() })),
    }),
  ),
});

const manifestSchema = z.object({
  artifacts: z.record(
    z.string(),
    z.object({
      type: z.string(),
      environment: z.optional(z.string()),
      properties: z.optional(
        z.looseObject({ templateFile: z.optional(z.string()), stackName: z.optional(z.string()) }),
      ),
    }),
  ),
});

/**
 * Reads a cloud assembly, as `cdk synth` wrote it: the hub's stacks in the manifest's order, and behind their stack
 * sets the member templates, which the manifest does not list.
 * @param directory the folder, absolute; `cdk.out` for example
 * @throws AssemblyError when it is not one, or when a stack set's template is not in it
 */
export function readAssembly(directory: string): Assembly {
  const manifest = readJson(join(directory, 'manifest.json'), manifestSchema);
  const stacks = Object.entries(manifest.artifacts)
    .filter(([, { type }]) => type === 'aws:cloudformation:stack')
    .map(([id, { environment, properties }]) => {
      const [, account, region] = /^aws:\/\/(\d{12})\/(.+)$/.exec(environment ?? '') ?? [];
      if (account === undefined || region === undefined || properties?.templateFile === undefined) {
        throw new AssemblyError(
          `Stack ${id} names no account, Region or template in ${directory}/manifest.json.`,
        );
      }
      const templateFile = join(directory, properties.templateFile);
      return {
        stackName: properties.stackName ?? id,
        account,
        region,
        templateFile,
        template: readTemplate(templateFile),
        assets: readAssets(directory, `${id}.assets.json`),
      };
    });
  return { stacks, memberTemplates: stacks.flatMap(memberTemplatesOf) };
}

/** Every template of the assembly, those of members included; absolute paths. */
export function templateFiles({ stacks, memberTemplates }: Assembly): string[] {
  return [...stacks, ...memberTemplates].map(({ templateFile }) => templateFile);
}

function memberTemplatesOf({ stackName, template, assets }: AssembledStack): MemberTemplate[] {
  return Object.values(template.Resources)
    .filter(({ Type }) => Type === 'AWS::CloudFormation::StackSet')
    .map(({ Properties }) => {
      const stackSetName = String(Properties?.StackSetName);
      // The URL holds pseudo parameters; its last part is the key, which is a hash, so that it is enough.
      const url = JSON.stringify(Properties?.TemplateURL ?? null);
      const asset = assets.find(({ objectKey }) => url.includes(`/${objectKey}"`));
      if (!asset)
        throw new AssemblyError(
          `The template of stack set ${stackSetName} is no asset of stack ${stackName}.`,
        );
      return { stackSetName, templateFile: asset.path, template: readTemplate(asset.path) };
    });
}

function readAssets(directory: string, file: string): AssetFile[] {
  const { files } = readJson(join(directory, file), assetsSchema);
  return Object.values(files).flatMap(({ source, destinations }) =>
    Object.values(destinations).map(({ bucketName, objectKey }) => ({
      path: join(directory, source.path),
      bucketName,
      objectKey,
    })),
  );
}

function readTemplate(file: string): Template {
  const template = readJson(
    file,
    z.looseObject({ Resources: z.record(z.string(), z.looseObject({ Type: z.string() })) }),
  );
  return template as Template;
}

function readJson<Value>(file: string, schema: z.ZodMiniType<Value>): Value {
  let value: unknown;
  try {
    value = JSON.parse(readFileSync(file, 'utf8'));
  } catch (cause) {
    throw new AssemblyError(`${file} cannot be read. Synthesize the app again.`, { cause });
  }
  const parsed = schema.safeParse(value);
  if (!parsed.success)
    throw new AssemblyError(`${file} is not what \`cdk synth\` writes: ${parsed.error.message}`);
  return parsed.data;
}
