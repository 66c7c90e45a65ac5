import { progressText, showProgress } from '../../../cli/evaluate/progress';

describe('the progress of an evaluation', () => {
  beforeEach(() => vi.useFakeTimers());
  afterEach(() => vi.useRealTimers());

  const streamOf = (isTTY: boolean) => ({
    isTTY,
    columns: 60,
    written: '',
    write(text: string) {
      this.written += text;
    },
  });

  it('is how many were judged, how fast, and how much of the input that is', () => {
    expect(progressText({ items: 120_000, bytes: 300 }, 3, 1_000)).toBe(
      '120,000 resources, 40,000 a second, 30 %',
    );
  });

  it('says no part of what has no known size', () => {
    expect(progressText({ items: 9, bytes: 300 }, 3, undefined)).toBe('9 resources, 3 a second');
  });

  it('is not shown for what takes no longer than two seconds', () => {
    const stream = streamOf(true);
    const end = showProgress({ items: 1, bytes: 1 }, 1, stream);
    vi.advanceTimersByTime(2_000);
    end();

    expect(stream.written).toBe('');
  });

  it('is shown every second after that, and leaves nothing', () => {
    const stream = streamOf(true);
    const progress = { items: 0, bytes: 0 };
    const end = showProgress(progress, 100, stream);
    Object.assign(progress, { items: 30, bytes: 50 });
    vi.advanceTimersByTime(3_000);
    Object.assign(progress, { items: 80, bytes: 90 });
    vi.advanceTimersByTime(1_000);
    end();

    expect(stream.written.split('\r\u001b[K')).toEqual([
      '',
      '30 resources, 10 a second, 50 %',
      '80 resources, 20 a second, 90 %',
      '',
    ]);
  });

  it('is not shown where nobody watches', () => {
    const stream = streamOf(false);
    const end = showProgress({ items: 1, bytes: 1 }, 1, stream);
    vi.advanceTimersByTime(9_000);
    end();

    expect(stream.written).toBe('');
  });
});
