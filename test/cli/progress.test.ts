import { withProgress } from '../../cli/progress';

describe('progress', () => {
  beforeEach(() => vi.useFakeTimers());
  afterEach(() => vi.useRealTimers());

  function stream(isTTY: boolean) {
    const written: string[] = [];
    return { isTTY, written, write: (text: string) => written.push(text) };
  }

  it('counts the seconds on a terminal, and clears its line at the end', async () => {
    const terminal = stream(true);

    const waiting = withProgress(
      'Undoing',
      terminal,
      () => new Promise<string>((done) => setTimeout(() => done('x'), 2_500)),
    );
    await vi.advanceTimersByTimeAsync(2_500);

    expect(await waiting).toBe('x');
    expect(terminal.written.map((text) => text.replace('\r\u001b[K', ''))).toEqual([
      'Undoing … 0 s',
      'Undoing … 1 s',
      'Undoing … 2 s',
      '',
    ]);
    expect(vi.getTimerCount()).toBe(0);
  });

  it('stays on one line of a narrow terminal', async () => {
    const narrow = Object.assign(stream(true), { columns: 20 });

    await withProgress('Undoing the fix of something long', narrow, async () => 'x');
    expect(narrow.written[0]).toBe('\r\u001b[KUndoing t…ong … 0 s');
  });

  it('clears its line when the work fails', async () => {
    const terminal = stream(true);

    await expect(withProgress('Undoing', terminal, () => Promise.reject(new Error('no')))).rejects.toThrow(
      'no',
    );
    expect(terminal.written.at(-1)).toBe('\r\u001b[K');
    expect(vi.getTimerCount()).toBe(0);
  });

  it('writes nothing where nobody watches', async () => {
    const pipe = stream(false);

    await withProgress('Undoing', pipe, async () => 'x');
    expect(pipe.written).toEqual([]);
  });
});
