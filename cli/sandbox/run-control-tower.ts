import { join } from 'node:path';
import { EventLog } from '../../sandbox/events';
import { InterruptedError, type Sandbox } from '../../sandbox/sandbox';
import { startInstallableSandbox } from '../../sandbox/scenario/control-tower/installable';
import { type SlackPage, servePage } from '../../sandbox/slack/page/server';
import { LiveView } from '../../sandbox/view/live-view';
import { standardOutput } from '../terminal';
import { UserError } from '../user-error';
import { serveInstallation } from './deploy-service';
import { installInstructions } from './installing';
import { Interruption } from './interruption';

const projectDirectory = join(__dirname, '..', '..');

/**
 * Brings up the organization of Control Tower's shape, says how Staunch is installed into it, and keeps it until somebody ends it.
 * @returns the exit status: 130, since nothing but an interruption ends it
 * @throws UserError when the sandbox fails
 */
export async function runControlTower({ timeScale }: { timeScale: number }): Promise<number> {
  const { colours } = standardOutput();
  const log = new EventLog();
  const view = new LiveView(log, colours, process.stdout.isTTY === true, {
    columns: () => standardOutput().columns,
  });
  const interruption = new Interruption();
  let sandbox: Sandbox | undefined;
  let page: SlackPage | undefined;
  try {
    sandbox = await startInstallableSandbox({
      projectDirectory,
      timeScale,
      log,
      signal: interruption.signal,
      say: (text) => view.say(text),
    });
    serveInstallation(sandbox);
    page = await servePage(sandbox.slack);
    view.print(installInstructions(sandbox, page.url));
    view.resume();
    return await Promise.race([sandbox.failures.failed, interruption.happened]);
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
