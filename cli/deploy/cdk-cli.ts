import { spawn } from 'node:child_process';
import { join } from 'node:path';
import { createInterface } from 'node:readline';
import type { Cdk, CdkRun } from '../../operator/deploy/cdk';
import { printable } from '../../resources/kit/printable';

const projectDirectory = join(__dirname, '..', '..');
/** The version that the project pins. */
const program = join(projectDirectory, 'node_modules', 'aws-cdk', 'bin', 'cdk');
/** So many of its last lines are told where it failed. */
const linesKept = 25;

/**
 * The AWS CDK's command line as a child process, with the credentials of this one.
 * @param assembly the folder that holds what was synthesized
 */
export function cdkOn(assembly: string): Cdk {
  const shared = ['--app', assembly, '--exclusively', '--ci', '--no-notices', '--no-color'];
  return {
    deploy: (stack, { adopt }, progress) =>
      runCdk(
        [
          ...['deploy', stack, ...shared, '--require-approval', 'never', '--progress', 'events'],
          ...(adopt ? ['--import-existing-resources'] : []),
        ],
        progress,
      ),
    destroy: (stack, progress) => runCdk(['destroy', stack, ...shared, '--force'], progress),
  };
}

function runCdk(words: readonly string[], progress: (line: string) => void): Promise<CdkRun> {
  const child = spawn(process.execPath, [program, ...words], {
    cwd: projectDirectory,
    stdio: ['ignore', 'pipe', 'pipe'],
  });
  const said: string[] = [];
  for (const stream of [child.stdout, child.stderr])
    createInterface({ input: stream }).on('line', (line) => {
      const shown = printable(line);
      if (shown === '') return;
      said.push(shown);
      if (said.length > linesKept) said.shift();
      progress(shown);
    });
  return new Promise((resolve) => {
    child.on('error', (error) =>
      resolve({ ok: false, said: [`The AWS CDK cannot be started: ${error.message}`] }),
    );
    child.on('close', (status) => resolve({ ok: status === 0, said }));
  });
}
