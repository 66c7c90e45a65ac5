import { type ChildProcess, spawn } from 'node:child_process';
import { randomUUID } from 'node:crypto';
import { closeSync, existsSync, mkdirSync, openSync, readFileSync, rmSync } from 'node:fs';
import { tmpdir } from 'node:os';
import { dirname, join } from 'node:path';
import { createInterface } from 'node:readline';
import type { Failures } from '../failures';

/** What `startMoto` takes. */
export interface MotoOptions {
  /** A Python that can import `moto[server]`. Default: `python3` of the PATH. */
  python?: string;
  /** File that receives moto's output. Default: a file of its own in the temporary folder. */
  logFile?: string;
  /** Hears of a moto that ends before `stop` was called. */
  failures?: Pick<Failures, 'report'>;
  /** Seeds moto's ids, so that they are the same in every run. Default: 42. */
  seed?: number;
}

/** A running moto. */
export interface Moto {
  readonly port: number;
  /** `http://127.0.0.1:PORT` */
  readonly endpoint: string;
  readonly processId: number;
  readonly logFile: string;
  /** Ends moto, and resolves when the process is gone. */
  stop(): Promise<void>;
}

/** Thrown when moto cannot be started, or ends by itself. The message says what to do. */
export class MotoError extends Error {
  override readonly name = 'MotoError';
}

/**
 * Starts moto as a child process on a free port of 127.0.0.1, and waits until it answers.
 *
 * moto's environment variables: https://docs.getmoto.org/en/latest/docs/configuration/environment_variables.html
 *
 * @throws MotoError when moto does not start; the message holds the end of its output.
 */
export async function startMoto(options: MotoOptions = {}): Promise<Moto> {
  const { python = 'python3', failures, seed = 42 } = options;
  const logFile = options.logFile ?? join(tmpdir(), `staunch-moto-${randomUUID()}.log`);
  mkdirSync(dirname(logFile), { recursive: true });
  const log = openSync(logFile, 'w');
  const child = spawn(python, [join(__dirname, 'moto_until_parent_ends.py')], {
    stdio: ['pipe', 'pipe', log],
    env: {
      ...ownEnvironment(process.env),
      PYTHONUNBUFFERED: '1',
      // Hundreds of megabytes with many accounts.
      MOTO_EC2_LOAD_DEFAULT_AMIS: 'false',
      // AWS's own managed policies, which roles in templates attach.
      MOTO_IAM_LOAD_MANAGED_POLICIES: 'true',
    },
  });
  closeSync(log);
  const ended = new Promise<string>((resolve) => {
    child.once('error', (error) => resolve(error.message));
    child.once('exit', (code, signal) => resolve(signal ? `signal ${signal}` : `exit status ${code}`));
  });

  const port = await Promise.race([portOf(child), ended]);
  if (typeof port === 'string') {
    throw new MotoError(
      `moto did not start (${port}). Check that '${python}' can import moto: pip install 'moto[server]==5.2.*'.${lastLines(logFile)}`,
    );
  }

  let stopping = false;
  void ended.then((how) => {
    if (!stopping) failures?.report(new MotoError(`moto ended by itself (${how}).${lastLines(logFile)}`));
  });

  const endpoint = `http://127.0.0.1:${port}`;
  const moto: Moto = {
    port,
    endpoint,
    processId: child.pid ?? 0,
    logFile,
    async stop() {
      stopping = true;
      child.stdin?.destroy();
      child.kill('SIGKILL');
      await ended;
      // Where nobody chose a place for it, nobody will look for it.
      if (options.logFile === undefined) rmSync(logFile, { force: true });
    },
  };
  const seeded = await fetch(`${endpoint}/moto-api/seed?a=${seed}`, { method: 'POST' });
  if (!seeded.ok) {
    await moto.stop();
    throw new MotoError(`moto answered ${seeded.status} to its seed. Its output is in ${logFile}.`);
  }
  return moto;
}

/**
 * moto must not pick up an account, a Region or settings of its own from the person's shell, nor a proxy: for some calls
 * it asks itself over HTTP.
 */
function ownEnvironment(environment: NodeJS.ProcessEnv): NodeJS.ProcessEnv {
  const foreign = /^(AWS|MOTO)_|_proxy$/i;
  return Object.fromEntries(Object.entries(environment).filter(([name]) => !foreign.test(name)));
}

/** The port that the child prints once it listens. Pends for ever when the child ends before that. */
function portOf(child: ChildProcess): Promise<number> {
  return new Promise((resolve) => {
    if (!child.stdout) return;
    createInterface({ input: child.stdout }).on('line', (line) => {
      if (/^\d+$/.test(line)) resolve(Number(line));
    });
  });
}

/** The end of moto's output, for an error message. */
function lastLines(logFile: string): string {
  // Somebody may have tidied the temporary folder.
  if (!existsSync(logFile)) return '';
  const lines = readFileSync(logFile, 'utf8').trimEnd().split('\n').slice(-5).join('\n').trim();
  return lines === '' ? '' : ` The end of ${logFile}:\n${lines}`;
}
