import { spawn } from 'node:child_process';
import { once } from 'node:events';
import { readFileSync } from 'node:fs';
import { join } from 'node:path';
import { createInterface } from 'node:readline';
import { Failures } from '../../../sandbox/failures';
import { type Moto, MotoError, startMoto } from '../../../sandbox/moto/moto';
import { sandboxPython } from '../../../sandbox/python';
import { startOwnMoto } from '../../support/moto';
import { projectDirectory } from '../../support/run-directory';

/** Whether a process exists: signal 0 only asks. */
function exists(processId: number): boolean {
  try {
    process.kill(processId, 0);
    return true;
  } catch {
    return false;
  }
}

describe('startMoto', () => {
  let moto: Moto | undefined;
  afterEach(() => moto?.stop());

  it('answers once it is started, and is gone once it is stopped', async () => {
    moto = await startOwnMoto({});
    expect((await fetch(`${moto.endpoint}/moto-api/data.json`)).status).toBe(200);
    await moto.stop();
    expect(exists(moto.processId)).toBe(false);
  }, 30_000);

  it('reports a moto that ends by itself, and does not report one that was stopped', async () => {
    const failures = new Failures();
    moto = await startOwnMoto({ failures });
    process.kill(moto.processId, 'SIGKILL');
    await expect(failures.failed).rejects.toThrow(MotoError);

    const quiet = new Failures();
    moto = await startOwnMoto({ failures: quiet });
    await moto.stop();
    expect(quiet.all).toEqual([]);
  }, 30_000);

  it('writes its output to the log file', async () => {
    moto = await startOwnMoto({});
    await fetch(`${moto.endpoint}/moto-api/data.json`);
    expect(readFileSync(moto.logFile, 'utf8')).toContain('GET /moto-api/data.json');
  }, 30_000);

  it('says what to do when Python is missing', async () => {
    await expect(startMoto({ python: 'no-such-python' })).rejects.toThrow(/pip install 'moto\[server\]/);
  });

  it('dies with its parent, even when the parent is killed', async () => {
    const script = `
      const { startMoto } = require(${JSON.stringify(join(__dirname, '../../../sandbox/moto/moto.ts'))});
      startMoto({ python: ${JSON.stringify(sandboxPython(projectDirectory))} }).then((moto) => console.log(moto.processId));
      setInterval(() => {}, 1000);`;
    const parent = spawn(process.execPath, ['--require', 'tsx/cjs', '--eval', script], {
      stdio: ['ignore', 'pipe', 'inherit'],
    });
    const [line] = (await once(createInterface({ input: parent.stdout }), 'line')) as [string];
    const processId = Number(line);
    expect(exists(processId)).toBe(true);

    parent.kill('SIGKILL');
    // moto holds the other end of the pipe too: the pipe closes when both are gone.
    await once(parent.stdout, 'close').catch(() => {});
    await gone(processId);
    expect(exists(processId)).toBe(false);
  }, 30_000);
});

/** Waits until a process that is no child of this one has ended. */
async function gone(processId: number): Promise<void> {
  while (exists(processId)) await new Promise((resolve) => setImmediate(resolve));
}
