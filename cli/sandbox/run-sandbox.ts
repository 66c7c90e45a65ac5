import { writeFile } from 'node:fs/promises';
import { join } from 'node:path';
import pc from 'picocolors';
import { EventLog } from '../../sandbox/events';
import type { Sandbox } from '../../sandbox/sandbox';
import { runScenario, type ScenarioResult } from '../../sandbox/scenario/run';
import { startScenarioSandbox } from '../../sandbox/scenario/sandbox';
import { LiveView } from '../../sandbox/view/live-view';
import { summary } from '../../sandbox/view/summary';
import type { SandboxOptions } from '../commands/sandbox';
import { UserError } from '../user-error';
import { interruption } from './interruption';
import { keepInstructions } from './keep';
import { reportOf } from './report';

const projectDirectory = join(__dirname, '..', '..');

/**
 * Runs the scenario and shows it. Ends everything it started, also when it is interrupted or fails.
 * @returns the exit status: 0 when every resource is as it should be, 1 otherwise, 130 when interrupted
 */
export async function runSandbox(options: SandboxOptions): Promise<number> {
  const colours = pc.createColors(process.stdout.isTTY === true && process.env.NO_COLOR === undefined);
  const log = new EventLog();
  const view = new LiveView(log, colours, process.stdout.isTTY === true);
  const interrupted = interruption();
  let sandbox: Sandbox | undefined;
  const starting = startScenarioSandbox({
    projectDirectory,
    timeScale: options.timeScale,
    log,
    say: (text) => view.say(text),
  }).then((started) => {
    sandbox = started;
    return started;
  });
  try {
    const status = await Promise.race([heal(starting, view, options, colours), interrupted.then(() => 130)]);
    return status;
  } catch (error) {
    throw new UserError(`The sandbox failed: ${(error as Error).message}`);
  } finally {
    view.stop();
    await starting.catch(() => {});
    await sandbox?.stop();
  }
}

async function heal(
  starting: Promise<Sandbox>,
  view: LiveView,
  options: SandboxOptions,
  colours: ReturnType<typeof pc.createColors>,
): Promise<number> {
  const begun = Date.now();
  const sandbox = await starting;
  const ready = Date.now();
  const result: ScenarioResult = await runScenario(sandbox, { say: (text) => view.say(text) });
  view.pause();
  const seconds = { start: (ready - begun) / 1000, heal: (Date.now() - ready) / 1000 };
  console.log(summary(result, sandbox.slack.messages, seconds, colours));
  if (options.report !== undefined) {
    await writeFile(options.report, `${JSON.stringify(reportOf(result, seconds), null, 2)}\n`);
    console.log(`The result is in ${options.report}.`);
  }
  if (options.keep) {
    console.log(keepInstructions(sandbox));
    view.resume();
    await sandbox.failures.failed;
  }
  return result.ok ? 0 : 1;
}
