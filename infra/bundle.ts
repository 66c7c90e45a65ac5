import { execFileSync } from 'node:child_process';
import { createHash } from 'node:crypto';
import { mkdtempSync, readdirSync, rmSync, writeFileSync } from 'node:fs';
import { tmpdir } from 'node:os';
import { join, resolve } from 'node:path';
import { type BuildOptions, buildSync, type OutputFile, type StdinOptions } from 'esbuild';
import type { ControlFacts } from '../controls/control';
import { type AccountSettingType, accountSettings } from '../core/account-settings';
import { resourceTypes } from '../resources/resource-types';
import { keepBundles, keptBundle } from './kept-bundles';

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
  // The SDK imports Node.js's modules at its first call, for which Node.js sets up its loader of modules: 3 ms more than to require them.
  supported: { 'dynamic-import': false },
} as const satisfies BuildOptions;

/**
 * The rule function stands in a template, where there is no room for the AWS SDK: what it needs of that it brings in parts
 * (`@smithy`), and for S3 Control, which few invocations call, it loads the client that the runtime brings.
 * The parts bring their code as modules, too, from which what is not used is left out; three quarters of them go:
 * https://esbuild.github.io/api/#main-fields
 */
const withoutSdk = {
  ...shared,
  charset: 'ascii',
  external: ['@aws-sdk/*'],
  mainFields: ['module', 'main'],
} satisfies BuildOptions;

/** Where a hub function begins: its source file, relative to the project's root, or a text that exists only here. */
export type HubEntry = string | StdinOptions;

/**
 * How a hub function is bundled: with the AWS SDK, so that it runs with the version that the tests ran with, and starts faster than
 * with the runtime's. https://docs.aws.amazon.com/lambda/latest/dg/lambda-nodejs.html
 * The SDK's packages bring their code as modules, too, from which what is not used is left out; a third of it goes:
 * https://esbuild.github.io/api/#main-fields
 * Of the places where the SDK looks for credentials it brings the one that Lambda has.
 */
export function hubFunctionBuild(entry: HubEntry) {
  return {
    ...shared,
    charset: 'utf8',
    ...(typeof entry === 'string' ? { entryPoints: [entry] } : { stdin: entry }),
    mainFields: ['module', 'main'],
    alias: { '@aws-sdk/credential-provider-node': './infra/lambda-credentials.ts' },
  } satisfies BuildOptions;
}

/** The folder of the hub functions, below the project's root. */
const hubFunctions = 'hub-functions';

/** Bundles without the shapes of the AWS SDK that nothing uses. */
const leanBundler = join(__dirname, 'bundle-with-lean-sdk.js');

/**
 * Bundles a hub function.
 * @param bundles a folder of kept bundles, of the same sources; default: the one that the environment names, if any
 * @returns the text of `index.js`, which exports `handler`
 * @throws Error when it cannot be bundled; esbuild has said on the standard error why
 */
export function bundleHubFunction(entry: HubEntry, bundles?: string): string {
  const build = JSON.stringify(hubFunctionBuild(entry));
  return keptBundle(build, () => bundledLean([build])[0] ?? '', bundles);
}

/**
 * Bundles every hub function whose bundle is not kept yet, and keeps them; nothing where no folder keeps bundles. All at once takes
 * less than half as long as one after the other.
 * @param bundles as `bundleHubFunction` takes it
 * @throws Error when one cannot be bundled; esbuild has said on the standard error why
 */
export function keepHubFunctions(bundles?: string): void {
  const entries = [...handlers(), ...Object.values(resourceTypes).map(({ slug }) => remediationEntry(slug))];
  const builds = entries.map((entry) => JSON.stringify(hubFunctionBuild(entry)));
  keepBundles(builds, bundledLean, bundles);
}

/** The files in which hub functions begin that have one of their own. */
function handlers(): HubEntry[] {
  return readdirSync(join(projectRoot, hubFunctions), { recursive: true })
    .map((path) => String(path).replaceAll('\\', '/'))
    .filter((path) => path.endsWith('/handler.ts'))
    .sort()
    .map((path) => `${hubFunctions}/${path}`);
}

/** @param builds options of esbuild that differ in the entry alone, each as JSON */
function bundledLean(builds: readonly string[]): string[] {
  const answer = execFileSync(process.execPath, [leanBundler], {
    input: `[${builds.join()}]`,
    encoding: 'utf8',
    maxBuffer: 256 * 1024 * 1024,
    stdio: ['pipe', 'pipe', 'inherit'],
  });
  return JSON.parse(answer);
}

/**
 * The entry of the remediation function of a resource type: it joins what all of them share with the type's adapter, so that a
 * new type needs no file of its own for it.
 * @param slug the type's
 */
export function remediationEntry(slug: string): HubEntry {
  return entry(`remediate-${slug}.ts`, [
    `import { remediationFunction } from './hub-functions/remediation/function';`,
    `import { adapter } from './resources/${slug}/adapter';`,
    `export const handler = remediationFunction(adapter());`,
  ]);
}

/** What the rule function is made of. Of another project's sources nothing is kept: a test changes them. */
function ruleBundle(input: Pick<BuildOptions, 'absWorkingDir' | 'stdin'>): string {
  const build = { ...withoutSdk, ...input };
  const bundle = () => onlyFile(buildSync(build));
  return build.absWorkingDir === projectRoot ? keptBundle(JSON.stringify(build), bundle) : bundle();
}

function onlyFile({ outputFiles: [file] }: { outputFiles: OutputFile[] }): string {
  if (!file) throw new Error('esbuild wrote no bundle.');
  return file.text;
}

/** What the rule function holds of one control. */
export interface RuleSource {
  control: ControlFacts;
  /** The sets of the control's parameters; JSON. */
  parameterSets: string;
}

/**
 * Bundles the rule function of all custom controls. Its entry exists only here: it joins the one handler with each
 * control, so that a new control needs no file of its own for it. Each control's modules are evaluated when they are
 * required, so that one that cannot be loaded keeps no other from being judged.
 *
 * It is plain ASCII: the bundle stands in a template, and CloudFormation answers question marks for every other character
 * when it is asked for one, https://github.com/aws-cloudformation/cloudformation-coverage-roadmap/issues/814
 * @param root the project's folder
 * @returns the text of `index.js`, which exports `handler`
 */
export function bundleRuleFunction(sources: readonly RuleSource[], root = projectRoot): string {
  const lines = [
    `import { ruleFunction } from './member-functions/rule/handler';`,
    'export const handler = ruleFunction({',
    ...sources.map(
      ({ control: { id, accountSetting }, parameterSets }) =>
        `'${id}': {
             parameterSets: ${JSON.stringify(parameterSets)},
             control: () => require('./controls/${id}').control,
             ${accountSetting === undefined ? '' : `readAccountSetting: () => require('${readerOf(accountSetting)}').readAccountSetting,`}
           },`,
    ),
    '});',
  ];
  return ruleBundle({ absWorkingDir: root, stdin: entry('rule.ts', lines, root) });
}

/**
 * A digest of the code that decides a control's verdicts, and of no other: the control's own, how the rule function reads its
 * parameters and judges by it, and what reads the account's setting, now and as recorded, where that decides too. It is the same on every machine, and comments and
 * formatting change nothing of it.
 * @param root the project's folder
 * @returns 16 hexadecimal digits
 */
export function verdictCodeDigest(control: ControlFacts, root = projectRoot): string {
  // Of another project's sources nothing is kept: a test changes them.
  const known = root === projectRoot ? knownDigests.get(control.id) : undefined;
  const digest = known ?? newVerdictCodeDigest(control, root);
  if (root === projectRoot) knownDigests.set(control.id, digest);
  return digest;
}

/** By control id, of this project's sources, which do not change while a process runs. */
const knownDigests = new Map<string, string>();

function newVerdictCodeDigest({ id, accountSetting }: ControlFacts, root: string): string {
  const code = ruleBundle({
    absWorkingDir: root,
    stdin: entry(
      `verdict-${id}.ts`,
      [
        `export { control } from './controls/${id}';`,
        `export { judgeUnderAccount } from './member-functions/rule/judging';`,
        `export { readParameterSets } from './controls/parameter-sets';`,
        ...(accountSetting === undefined
          ? []
          : [
              `export { readAccountSetting } from '${readerOf(accountSetting)}';`,
              `export { settingAt } from './member-functions/rule/recorded-setting';`,
              `export { isChange } from './member-functions/rule/is-change';`,
            ]),
      ],
      root,
    ),
  });
  return createHash('sha256').update(code).digest('hex').slice(0, 16);
}

function entry(sourcefile: string, lines: readonly string[], resolveDir = projectRoot): StdinOptions {
  return { contents: lines.join('\n'), resolveDir, sourcefile, loader: 'ts' };
}

function readerOf(setting: AccountSettingType): string {
  return `./member-functions/rule/account-settings/${accountSettings[setting].slug}`;
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
