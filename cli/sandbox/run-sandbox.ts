import { join } from 'node:path';
import type { Colors } from 'picocolors/types';
import { EventLog } from '../../sandbox/events';
import { InterruptedError, type Sandbox } from '../../sandbox/sandbox';
import { runScenario } from '../../sandbox/scenario/run';
import { startScenarioSandbox } from '../../sandbox/scenario/sandbox';
import { LiveView } from '../../sandbox/view/live-view';
import { summary } from '../../sandbox/view/summary';
import type { SandboxOptions } from '../commands/sandbox';
import { standardOutput } from '../terminal';
import { UserError } from '../user-error';
import { Interruption } from './interruption';
import { keepInstructions } from './keep';
import { ReportFile } from './report-file';

const projectDirectory = join(__dirname, '..', '..');

/**
 * Runs the scenario and shows it. Ends everything it started, also when it is interrupted or fails.
 * @returns the exit status: 0 when every resource is as it should be, 1 otherwise, 130 when interrupted
 * @throws UserError when the sandbox fails, or the report cannot be written
 */
export async function runSandbox(options: SandboxOptions): Promise<number> {
  const report = options.report === undefined ? undefined : new ReportFile(options.report);
  const terminal = process.stdout.isTTY === true;
  const { colours } = standardOutput();
  const log = new EventLog();
  const view = new LiveView(log, colours, terminal);
  const interruption = new Interruption();
  let sandbox: Sandbox | undefined;
  try {
    const begun = Date.now();
    sandbox = await startScenarioSandbox({
      projectDirectory,
      timeScale: options.timeScale,
      log,
      signal: interruption.signal,
      say: (text) => view.say(text),
    });
    const start = (Date.now() - begun) / 1000;
    return await Promise.race([show(sandbox, start, view, options, report, colours), interruption.happened]);
  } catch (error) {
    if (error instanceof InterruptedError) return interruption.happened;
    throw new UserError(`The sandbox failed: ${(error as Error).message}`);
  } finally {
    view.stop();
    if (interruption.signal.aborted) view.say('Stopping …');
    await sandbox?.stop();
  }
}

async function show(
  sandbox: Sandbox,
  start: number,
  view: LiveView,
  options: SandboxOptions,
  report: ReportFile | undefined,
  colours: Colors,
): Promise<number> {
  const begun = Date.now();
  const result = await runScenario(sandbox, { say: (text) => view.say(text) });
  view.pause();
  const seconds = { start, heal: (Date.now() - begun) / 1000 };
  view.print(summary(result, sandbox.slack.messages, seconds, colours, process.stdout.columns));
  if (report !== undefined) {
    report.write(result, seconds);
    view.print(`The result is in ${options.report}.`);
  }
  if (options.keep) {
    view.print(keepInstructions(sandbox));
    view.resume();
    await sandbox.failures.failed;
  }
  return result.ok ? 0 : 1;
}
