import { mkdtempSync, rmSync, writeFileSync } from 'node:fs';
import { tmpdir } from 'node:os';
import { join, resolve } from 'node:path';
import { type BuildOptions, buildSync, type OutputFile } from 'esbuild';

/** The project's root; esbuild resolves entries and packages from here. */
const projectRoot = resolve(__dirname, '..');

/** How every function is bundled. The target is older than the runtime, so that the same bundle runs on a developer's Node.js 20. */
const shared = {
  absWorkingDir: projectRoot,
  bundle: true,
  minify: true,
  write: false,
  platform: 'node',
  target: 'node20',
  format: 'cjs',
  legalComments: 'none',
  logLevel: 'error',
} as const satisfies BuildOptions;

/** A rule function stands in a template, where there is no room for the AWS SDK: it uses the one that the runtime brings. */
const withoutSdk = { ...shared, charset: 'ascii', external: ['@aws-sdk/*'] } satisfies BuildOptions;

/**
 * How a hub function is bundled: with the AWS SDK, so that it runs with the version that the tests ran with, and starts faster than
 * with the runtime's. https://docs.aws.amazon.com/lambda/latest/dg/lambda-nodejs.html
 * The SDK's packages bring their code as modules, too, from which what is not used is left out; a third of it goes:
 * https://esbuild.github.io/api/#main-fields
 * @param entry its source file, relative to the project's root
 */
export function hubFunctionBuild(entry: string) {
  return {
    ...shared,
    charset: 'utf8',
    entryPoints: [entry],
    mainFields: ['module', 'main'],
  } satisfies BuildOptions;
}

/**
 * Bundles a hub function.
 * @param entry its source file, relative to the project's root
 * @returns the text of `index.js`, which exports `handler`
 */
export function bundleHubFunction(entry: string): string {
  return onlyFile(buildSync(hubFunctionBuild(entry)));
}

function onlyFile({ outputFiles: [file] }: { outputFiles: OutputFile[] }): string {
  if (!file) throw new Error('esbuild wrote no bundle.');
  return file.text;
}

/**
 * Bundles the rule function of a custom control. Its entry exists only here: it joins the one handler of all rule
 * functions with the one control, so that a new control needs no file of its own for it.
 *
 * It is plain ASCII: the bundle stands in a template, and CloudFormation answers question marks for every other character
 * when it is asked for one, https://github.com/aws-cloudformation/cloudformation-coverage-roadmap/issues/814
 * @returns the text of `index.js`, which exports `handler`
 */
export function bundleRuleFunction(controlId: string): string {
  const contents = [
    `import { createRuleHandler } from './member-functions/rule/handler';`,
    `import { control } from './controls/${controlId}';`,
    `export const handler = createRuleHandler(control);`,
  ].join('\n');
  const sourcefile = `rule-${controlId}.ts`;
  return onlyFile(
    buildSync({ ...withoutSdk, stdin: { contents, resolveDir: projectRoot, sourcefile, loader: 'ts' } }),
  );
}

/**
 * Lends a folder that holds the given files, and removes it afterwards.
 * @param files text by file name
 * @param use has copied what it needs from the folder when it returns
 */
export function withFolder<Result>(files: Record<string, string>, use: (folder: string) => Result): Result {
  const folder = mkdtempSync(join(tmpdir(), 'staunch-bundle-'));
  try {
    for (const [name, text] of Object.entries(files)) writeFileSync(join(folder, name), text);
    return use(folder);
  } finally {
    rmSync(folder, { recursive: true, force: true });
  }
}
