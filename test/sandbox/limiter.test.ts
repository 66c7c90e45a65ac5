import { Limiter } from '../../sandbox/limiter';

describe('a limiter', () => {
  it('runs no more than its limit at a time, and serves who waits in order', async () => {
    const limiter = new Limiter(2);
    const order: number[] = [];
    const release: (() => void)[] = [];
    const all = [1, 2, 3, 4].map((number) =>
      limiter.run(async () => {
        order.push(number);
        await new Promise<void>((resolve) => release.push(resolve));
      }),
    );
    await Promise.resolve();
    expect(order).toEqual([1, 2]);
    expect(limiter.busy).toBe(true);
    release[1]?.();
    await all[1];
    expect(order).toEqual([1, 2, 3]);
    release[0]?.();
    release[2]?.();
    await Promise.all([all[0], all[2]]);
    release[3]?.();
    await all[3];
    expect(limiter.busy).toBe(false);
  });

  it('gives its place back when an action fails', async () => {
    const limiter = new Limiter(1);
    await expect(limiter.run(() => Promise.reject(new Error('failed')))).rejects.toThrow('failed');
    await expect(limiter.run(() => Promise.resolve('next'))).resolves.toBe('next');
  });
});
