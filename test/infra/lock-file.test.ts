import { spawnSync } from 'node:child_process';
import {
  appendFileSync,
  existsSync,
  mkdtempSync,
  readFileSync,
  rmSync,
  utimesSync,
  writeFileSync,
} from 'node:fs';
import { tmpdir } from 'node:os';
import { join } from 'node:path';
import { Worker } from 'node:worker_threads';
import { releaseLock, takeLock, whileLocked } from '../../infra/lock-file';

let folder: string;
let lock: string;

beforeEach(() => {
  folder = mkdtempSync(join(tmpdir(), 'staunch-lock-'));
  lock = join(folder, 'work.lock');
});

afterEach(() => rmSync(folder, { recursive: true, force: true }));

describe('a lock file', () => {
  it('is held by one at a time', () => {
    expect([takeLock(lock), takeLock(lock)]).toEqual([true, false]);
    releaseLock(lock);
    expect(takeLock(lock)).toBe(true);
  });

  it('is passed over where its process has died', () => {
    const { pid } = spawnSync(process.execPath, ['--version']);
    writeFileSync(lock, `${pid}`);

    expect([takeLock(lock), takeLock(lock)]).toEqual([true, false]);
  });

  it('is passed over where it is older than any work', () => {
    writeFileSync(lock, `${process.pid}`);
    const hourAgo = new Date(Date.now() - 60 * 60 * 1000);
    utimesSync(lock, hourAgo, hourAgo);

    expect(takeLock(lock)).toBe(true);
  });

  it('is left alone between its creation and its first byte', () => {
    writeFileSync(lock, '');

    expect(takeLock(lock)).toBe(false);
  });

  it('is waited for', async () => {
    const steps = join(folder, 'steps');
    writeFileSync(lock, `${process.pid}`);
    const holder = new Worker(
      `const { parentPort, workerData } = require('node:worker_threads');
       const { appendFileSync, rmSync } = require('node:fs');
       parentPort.once('message', () => {
         appendFileSync(workerData.steps, 'first ends, ');
         rmSync(workerData.lock);
       });`,
      { eval: true, workerData: { lock, steps } },
    );
    holder.postMessage('end');
    whileLocked(lock, () => appendFileSync(steps, 'second'));

    expect(readFileSync(steps, 'utf8')).toBe('first ends, second');
    await holder.terminate();
  });

  it('is given back when the work fails', () => {
    const failing = () => {
      throw new Error('no');
    };

    expect(() => whileLocked(lock, failing)).toThrow('no');
    expect(existsSync(lock)).toBe(false);
  });
});
