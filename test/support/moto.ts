import { randomUUID } from 'node:crypto';
import { copyFileSync } from 'node:fs';
import { join } from 'node:path';
import { Failures } from '../../sandbox/failures';
import { type Moto, type MotoOptions, startMoto } from '../../sandbox/moto/moto';
import { sandboxPython } from '../../sandbox/python';
import { projectDirectory, runDirectory } from './run-directory';

/** A moto of this worker, and who hears now when it ends by itself. */
interface Owned {
  moto: Moto;
  failures: Failures;
}

/** The motos of this worker that nobody uses now. Each ends with the worker, whose pipe it reads. */
const free: Owned[] = [];

/**
 * An empty moto, for a test file or for a sandbox. To load its services takes moto longer than most files: one that another file has
 * given back, in this worker, is emptied and used again. Stop it in `afterAll`.
 *
 *     let moto: Moto;
 *     beforeAll(async () => { moto = await startTestMoto(); }, 30_000);
 *     afterAll(() => moto.stop());
 *
 * @param options where `failures` has heard of something when it is stopped, moto's log is copied to `logFile`, and that moto is
 *   not used again
 */
export async function startTestMoto({
  failures = new Failures(),
  logFile,
}: {
  failures?: Failures;
  logFile?: string;
} = {}): Promise<Moto> {
  const owned = await emptied(free.pop());
  owned.failures = failures;
  const { moto } = owned;
  let isStopped = false;
  return {
    ...moto,
    stop: async () => {
      if (isStopped) return;
      isStopped = true;
      if (failures.all.length === 0) {
        free.push(owned);
        return;
      }
      if (logFile !== undefined) copyFileSync(moto.logFile, logFile);
      await moto.stop();
    },
  };
}

/** A moto that is started for the test alone, and ends when it is stopped. */
export function startOwnMoto(options: MotoOptions = {}): Promise<Moto> {
  return startMoto({ python: sandboxPython(projectDirectory), ...options });
}

/** The moto, or a new one, with nothing in it, and the same ids as in a new one: see `startMoto`. */
async function emptied(used: Owned | undefined): Promise<Owned> {
  if (used === undefined) return start();
  for (const step of ['reset', 'seed?a=42']) {
    const { ok, status } = await fetch(`${used.moto.endpoint}/moto-api/${step}`, { method: 'POST' });
    if (!ok) throw new Error(`moto answered ${status} to ${step}`);
  }
  return used;
}

async function start(): Promise<Owned> {
  const hears = { report: (error: Error) => owned.failures.report(error) };
  const logFile = join(runDirectory(), `moto-${randomUUID()}.log`);
  const moto = await startOwnMoto({ failures: hears, logFile });
  const owned: Owned = { moto, failures: new Failures() };
  return owned;
}
