import { dirname, join, relative } from 'node:path';
import type { Colors } from 'picocolors/types';
import { EventLog } from '../../sandbox/events';
import { InterruptedError, type Sandbox } from '../../sandbox/sandbox';
import { sandboxPolicyName } from '../../sandbox/scenario/policy';
import { deployedName } from '../../sandbox/scenario/policy-file';
import { namesForPolicies } from '../../sandbox/scenario/policy-names';
import { runScenario } from '../../sandbox/scenario/run';
import { startScenarioSandbox } from '../../sandbox/scenario/sandbox';
import type { SlackPage } from '../../sandbox/slack/page/server';
import { LiveView } from '../../sandbox/view/live-view';
import { columnsOf, columnsWatched } from '../columns';
import type { CompiledParts } from '../compiled-parts';
import { wrapped } from '../table/wrapped';
import { wrappedText } from '../table/wrapped-text';
import { standardOutput } from '../terminal';
import { UserError } from '../user-error';
import { readPolicyFile } from './deploy-policy';
import { serveDeployments } from './deploy-service';
import { Interruption } from './interruption';
import { keepInstructions } from './keep';
import { nextSteps } from './next-steps';
import { parsePolicyFile, policyProblemLines } from './policy-checks';
import { ReportFile } from './report-file';
import { summary } from './summary';

const projectDirectory = join(__dirname, '..', '..');

/** What `staunch sandbox` was asked for. */
export interface SandboxOptions {
  keep?: boolean;
  report?: string;
  policy?: string;
  timeScale: number;
}

/**
 * Runs the scenario and shows it. Ends everything it started, also when it is interrupted or fails.
 * @returns the exit status: 0 when every resource is as it should be, 1 otherwise, 130 when interrupted
 * @throws UserError when the sandbox fails, or the report cannot be written
 */
export async function runSandbox(
  options: SandboxOptions,
  { sourcesDigest }: CompiledParts = {},
): Promise<number> {
  const policyFile = options.policy === undefined ? undefined : readPolicyFile(options.policy);
  if (policyFile) parsePolicyFile(policyFile);
  const report = options.report === undefined ? undefined : new ReportFile(options.report);
  const terminal = process.stdout.isTTY === true;
  const { colours } = standardOutput();
  const log = new EventLog();
  const view = new LiveView(log, colours, terminal, { columns: () => standardOutput().columns });
  const interruption = new Interruption();
  let sandbox: Sandbox | undefined;
  let page: SlackPage | undefined;
  try {
    const begun = Date.now();
    sandbox = await startScenarioSandbox({
      projectDirectory,
      timeScale: options.timeScale,
      prewarm: true,
      // The scenario has the patrol come when what AWS tells of is healed.
      detectors: ['rule', 'trail'],
      log,
      signal: interruption.signal,
      ...(sourcesDigest !== undefined && { sourcesDigest }),
      ...(policyFile && { policyFile }),
      say: (text) => view.say(text),
    });
    const start = (Date.now() - begun) / 1000;
    if (policyFile) {
      view.say(`${policyFile.name} decides.`);
      for (const line of namesForPolicies().split('\n'))
        for (const part of wrapped(line, columnsOf(process.stdout), '  ')) view.print(part);
      for (const line of await policyProblemLines(sandbox, policyFile, colours))
        view.print(wrappedText(line, columnsWatched(process.stdout)));
    }
    const { slack } = sandbox;
    const serve = async () => {
      // Only who keeps the sandbox has the page compiled.
      const { servePage } = await import('../../sandbox/slack/page/server.ts');
      page = await servePage(slack);
      return page.url;
    };
    return await Promise.race([
      show(sandbox, start, view, options, report, colours, serve),
      interruption.happened,
    ]);
  } catch (error) {
    if (error instanceof InterruptedError) return interruption.happened;
    throw new UserError(`The sandbox failed: ${(error as Error).message}`);
  } finally {
    view.stop();
    if (interruption.signal.aborted) view.say('Stopping …');
    await page?.stop();
    await sandbox?.stop();
  }
}

/** The policy that was deployed, as a person in the project's folder names it. */
function deployedPolicyFile({ assembly = '' }: Sandbox, { policy }: SandboxOptions): string {
  const name = policy === undefined ? sandboxPolicyName : deployedName(policy);
  return relative(process.cwd(), join(dirname(assembly), name));
}

async function show(
  sandbox: Sandbox,
  start: number,
  view: LiveView,
  options: SandboxOptions,
  report: ReportFile | undefined,
  colours: Colors,
  serve: () => Promise<string>,
): Promise<number> {
  const begun = Date.now();
  const result = await runScenario(sandbox, {
    say: (text) => view.say(text),
    anyPolicy: options.policy !== undefined,
  });
  view.pause();
  const seconds = { start, heal: (Date.now() - begun) / 1000 };
  view.print(summary(result, sandbox.slack.messages, seconds, colours, columnsOf(process.stdout)));
  if (report !== undefined) {
    report.write(result, seconds);
    view.print(`The result is in ${options.report}.`);
  }
  if (options.keep) {
    serveDeployments(sandbox);
    view.print(keepInstructions(sandbox, await serve(), deployedPolicyFile(sandbox, options)));
    view.resume();
    await sandbox.failures.failed;
  } else view.print(nextSteps(report !== undefined));
  return result.ok ? 0 : 1;
}
