import { InMemoryAws } from './aws/in-memory-aws';
import { Turns } from './turns';
import { VirtualClock } from './virtual-clock';

const start = Date.parse('2026-11-23T10:00:00.000Z');

describe('the virtual clock', () => {
  it('moves on for a pause when nothing else is left to do, without waiting', async () => {
    const clock = new VirtualClock();
    new Turns(clock);
    const began = performance.now();
    await clock.pause(3_600_000);
    expect(clock.milliseconds - start).toBe(3_600_000);
    expect(performance.now() - began).toBeLessThan(1_000);
  });

  it('ends pauses side by side in the order of their times', async () => {
    const clock = new VirtualClock();
    new Turns(clock);
    const ended: string[] = [];
    const pausing = async (milliseconds: number) => {
      await clock.pause(milliseconds);
      ended.push(`${milliseconds} at ${clock.milliseconds - start}`);
    };
    await Promise.all([pausing(300), pausing(100), pausing(200), pausing(100)]);
    expect(ended).toEqual(['100 at 100', '100 at 100', '200 at 200', '300 at 300']);
  });

  it('reaches a deadline when time passes it, and never moves on for its sake', async () => {
    const clock = new VirtualClock();
    new Turns(clock);
    let hasFired = false;
    clock.after(500, () => (hasFired = true), { drives: false });
    await clock.pause(499);
    expect(hasFired).toBe(false);
    clock.advance({ minutes: 1 });
    expect(hasFired).toBe(true);
    expect(clock.milliseconds - start).toBe(60_499);
  });

  it('forgets what was cancelled', () => {
    const clock = new VirtualClock();
    let hasFired = false;
    clock.after(500, () => (hasFired = true))();
    clock.advance({ seconds: 1 });
    expect(hasFired).toBe(false);
    expect(clock.isAwaited).toBe(false);
  });
});

describe('the time of an invocation', () => {
  const aws = new InMemoryAws();
  let restore: () => void;
  beforeAll(() => {
    restore = aws.install();
  });
  afterAll(() => restore());

  it('is the virtual one for Date, setTimeout, AbortSignal.timeout and what is left of it', async () => {
    const { ended } = aws.run('function', 60_000, async (context) => {
      const signal = AbortSignal.timeout(20_000);
      const before = Date.now();
      await new Promise<void>((resolve) => void setTimeout(resolve, 30_000));
      return {
        passed: Date.now() - before,
        asText: new Date().toISOString() === new Date(Date.now()).toISOString(),
        left: context.getRemainingTimeInMillis(),
        isAborted: signal.aborted,
        isDate: new Date() instanceof Date,
        text: new Date(0).toISOString(),
      };
    });
    expect(await ended).toEqual({
      kind: 'returned',
      value: {
        passed: 30_000,
        asText: true,
        left: 30_000,
        isAborted: true,
        isDate: true,
        text: '1970-01-01T00:00:00.000Z',
      },
    });
  });

  it('ends with the timeout of its function, and nothing happens after that', async () => {
    let isOver = false;
    const { ended } = aws.run('function', 60_000, async () => {
      await aws.clock.pause(61_000);
      isOver = true;
    });
    expect(await ended).toEqual({ kind: 'killed', seenAs: 'timeout' });
    await aws.clock.pause(10_000);
    expect(isOver).toBe(false);
  });

  it('is nobody else’s: a test itself keeps the real one', () => {
    aws.clock.advance({ days: 365 });
    expect(Math.abs(Date.now() - aws.clock.milliseconds)).toBeGreaterThan(86_400_000);
  });
});
