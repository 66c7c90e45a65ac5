import { spawnSync } from 'node:child_process';
import { existsSync, mkdtempSync, rmSync, utimesSync, writeFileSync } from 'node:fs';
import { tmpdir } from 'node:os';
import { join } from 'node:path';
import { oneAtATime } from '../../sandbox/one-at-a-time';

let folder: string;
let lock: string;

beforeEach(() => {
  folder = mkdtempSync(join(tmpdir(), 'staunch-lock-'));
  lock = join(folder, 'work.lock');
});

afterEach(() => rmSync(folder, { recursive: true, force: true }));

const work = async () => 'done';

describe('work that is done one at a time', () => {
  it('waits until the other one is done', async () => {
    const steps: string[] = [];
    let end = () => {};
    const first = oneAtATime(lock, async () => {
      steps.push('first begins');
      await new Promise<void>((resolve) => {
        end = resolve;
      });
      steps.push('first ends');
    });
    const second = oneAtATime(lock, async () => steps.push('second'));
    while (steps.length === 0) await new Promise(setImmediate);
    end();
    await Promise.all([first, second]);

    expect(steps).toEqual(['first begins', 'first ends', 'second']);
    expect(existsSync(lock)).toBe(false);
  });

  it('passes over the lock of a process that has died', async () => {
    const { pid } = spawnSync(process.execPath, ['--version']);
    writeFileSync(lock, `${pid}`);

    expect(await oneAtATime(lock, work)).toBe('done');
  });

  it('passes over a lock that is older than any work', async () => {
    writeFileSync(lock, `${process.pid}`);
    const hourAgo = new Date(Date.now() - 60 * 60 * 1000);
    utimesSync(lock, hourAgo, hourAgo);

    expect(await oneAtATime(lock, work)).toBe('done');
  });

  it('waits no longer when it is told so, and leaves the lock to its holder', async () => {
    writeFileSync(lock, `${process.pid}`);

    await expect(oneAtATime(lock, work, AbortSignal.abort())).rejects.toThrow('aborted');
    expect(existsSync(lock)).toBe(true);
  });

  it('releases the lock when the work fails', async () => {
    const failing = () => Promise.reject(new Error('no'));

    await expect(oneAtATime(lock, failing)).rejects.toThrow('no');
    expect(await oneAtATime(lock, work)).toBe('done');
  });
});
