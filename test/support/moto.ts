import { type Moto, type MotoOptions, startMoto } from '../../sandbox/moto/moto';
import { sandboxPython } from '../../sandbox/python';
import { projectDirectory } from './run-directory';

/**
 * Starts a moto for one test file. Stop it in `afterAll`.
 *
 *     let moto: Moto;
 *     beforeAll(async () => { moto = await startTestMoto(); }, 30_000);
 *     afterAll(() => moto.stop());
 */
export function startTestMoto(options: MotoOptions = {}): Promise<Moto> {
  return startMoto({ python: sandboxPython(projectDirectory), ...options });
}
