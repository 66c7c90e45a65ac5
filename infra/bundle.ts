import { createHash } from 'node:crypto';
import { mkdtempSync, rmSync, writeFileSync } from 'node:fs';
import { tmpdir } from 'node:os';
import { join, resolve } from 'node:path';
import { type BuildOptions, buildSync, type StdinOptions } from 'esbuild';
import { type AccountSettingType, accountSettings } from '../contract/account-settings';
import type { ControlFacts } from '../controls/control';

/** The project's root; esbuild resolves entries and packages from here. */
const projectRoot = resolve(__dirname, '..');

/**
 * One bundle, as text. The Node.js runtime brings version 3 of the AWS SDK, so that it stays outside:
 * https://docs.aws.amazon.com/lambda/latest/dg/lambda-nodejs.html
 * The target is older than the runtime, so that the same bundle runs on a developer's Node.js 20.
 */
function bundle(input: Pick<BuildOptions, 'absWorkingDir' | 'entryPoints' | 'stdin' | 'charset'>): string {
  const { outputFiles } = buildSync({
    charset: 'utf8',
    absWorkingDir: projectRoot,
    ...input,
    bundle: true,
    minify: true,
    write: false,
    platform: 'node',
    target: 'node20',
    format: 'cjs',
    external: ['@aws-sdk/*'],
    legalComments: 'none',
    logLevel: 'error',
  });
  const [file] = outputFiles;
  if (!file) throw new Error('esbuild wrote no bundle.');
  return file.text;
}

/**
 * Bundles a hub function.
 * @param entry its source file, relative to the project's root
 * @returns the text of `index.js`, which exports `handler`
 */
export function bundleHubFunction(entry: string): string {
  return bundle({ entryPoints: [entry] });
}

/**
 * Bundles the rule function of a custom control. Its entry exists only here: it joins the one handler of all rule
 * functions with the one control, so that a new control needs no file of its own for it.
 *
 * It is plain ASCII: the bundle stands in a template, and CloudFormation answers question marks for every other character
 * when it is asked for one, https://github.com/aws-cloudformation/cloudformation-coverage-roadmap/issues/814
 * @returns the text of `index.js`, which exports `handler`
 */
export function bundleRuleFunction({ id, accountSetting }: ControlFacts): string {
  return bundle({
    charset: 'ascii',
    stdin: entry(`rule-${id}.ts`, [
      `import { createRuleHandler, partsFromEnvironment } from './member-functions/rule/handler';`,
      `import { control } from './controls/${id}';`,
      ...(accountSetting === undefined
        ? [`export const handler = createRuleHandler(control, partsFromEnvironment(control));`]
        : [
            `import { readAccountSetting } from '${readerOf(accountSetting)}';`,
            `export const handler = createRuleHandler(control, partsFromEnvironment(control, readAccountSetting));`,
          ]),
    ]),
  });
}

/**
 * A digest of the code that decides a control's verdicts, and of no other: the control's own, how a rule function judges by
 * it, and what reads the account's setting where that decides too. It is the same on every machine, and comments and
 * formatting change nothing of it.
 * @param root the project's folder
 * @returns 16 hexadecimal digits
 */
export function verdictCodeDigest({ id, accountSetting }: ControlFacts, root = projectRoot): string {
  const code = bundle({
    absWorkingDir: root,
    stdin: entry(
      `verdict-${id}.ts`,
      [
        `export { control } from './controls/${id}';`,
        `export { judgeUnderAccount } from './member-functions/rule/judging';`,
        ...(accountSetting === undefined
          ? []
          : [`export { readAccountSetting } from '${readerOf(accountSetting)}';`]),
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
