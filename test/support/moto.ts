import { existsSync } from 'node:fs';
import { join } from 'node:path';
import { type Moto, type MotoOptions, startMoto } from '../../sandbox/moto/moto';

/** The project's own Python where it was set up, else the machine's. */
export function testPython(): string {
  const own = join(__dirname, '../../.staunch/python/bin/python');
  return existsSync(own) ? own : 'python3';
}

/**
 * Starts a moto for one test file. Stop it in `afterAll`.
 *
 *     let moto: Moto;
 *     beforeAll(async () => { moto = await startTestMoto(); }, 30_000);
 *     afterAll(() => moto.stop());
 */
export function startTestMoto(options: MotoOptions = {}): Promise<Moto> {
  return startMoto({ python: testPython(), ...options });
}
