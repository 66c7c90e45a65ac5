import { type Moto, type MotoOptions, startMoto } from '../../sandbox/moto/moto';
import { sandboxPython } from '../../sandbox/python';
import { projectDirectory } from './run-directory';

/** The moto that the test files of this worker use one after the other; it ends with the worker, whose pipe it reads. */
let shared: Promise<Moto> | undefined;
/** Whether a test file uses it now. */
let isLent = false;

/**
 * An empty moto for one test file. Stop it in `afterAll`. Without options it is the worker's own, emptied, if no other part of
 * the file has that; else one of its own.
 *
 *     let moto: Moto;
 *     beforeAll(async () => { moto = await startTestMoto(); }, 30_000);
 *     afterAll(() => moto.stop());
 */
export async function startTestMoto(options?: MotoOptions): Promise<Moto> {
  if (options !== undefined || isLent) return startOwn(options);
  isLent = true;
  shared ??= startOwn();
  const moto = await shared;
  // The same ids as in a new one: see `startMoto`.
  for (const step of ['reset', 'seed?a=42']) {
    const { ok, status } = await fetch(`${moto.endpoint}/moto-api/${step}`, { method: 'POST' });
    if (!ok) throw new Error(`moto answered ${status} to ${step}`);
  }
  return {
    ...moto,
    stop: async () => {
      isLent = false;
    },
  };
}

function startOwn(options: MotoOptions = {}): Promise<Moto> {
  return startMoto({ python: sandboxPython(projectDirectory), ...options });
}
