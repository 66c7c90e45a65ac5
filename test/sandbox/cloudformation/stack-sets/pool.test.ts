import { runPool } from '../../../../sandbox/cloudformation/stack-sets/pool';

describe('runPool', () => {
  it('runs no more at once than its width, and everything in the end', async () => {
    let running = 0;
    let most = 0;
    const done: number[] = [];
    await runPool([1, 2, 3, 4, 5], 2, async (item) => {
      running += 1;
      most = Math.max(most, running);
      await new Promise(setImmediate);
      running -= 1;
      done.push(item);
    });
    expect(most).toBe(2);
    expect(done).toEqual([1, 2, 3, 4, 5]);
  });

  it('begins nothing after a failure, and throws it', async () => {
    const begun: number[] = [];
    const run = runPool([1, 2, 3], 1, async (item) => {
      begun.push(item);
      if (item === 2) throw new Error('second');
    });
    await expect(run).rejects.toThrow('second');
    expect(begun).toEqual([1, 2]);
  });
});
