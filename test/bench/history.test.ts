import { mkdtempSync, rmSync } from 'node:fs';
import { tmpdir } from 'node:os';
import { join } from 'node:path';
import { appendHistory, figureName, historyLine, newestFigures, readHistory } from '../../bench/history';
import type { Measurement } from '../../bench/measurement';

const figure = (name: string, value: number): Measurement => ({ name, value, unit: 's', better: 'lower' });
const times = (...measurements: Measurement[]) => [{ title: 'times', measurements }];
const date = new Date('2026-11-01T10:00:00.000Z');

describe("the bench's history", () => {
  it('has one line a run: when, what was measured, and each figure', () => {
    const line = historyLine(date, 'abc+', times(figure('npm start', 12.3456789), figure('npm test', 240)));
    expect(line).not.toContain('\n');
    expect(JSON.parse(line)).toEqual({
      date: '2026-11-01T10:00:00.000Z',
      commit: 'abc+',
      figures: { 'times: npm start': 12.3457, 'times: npm test': 240 },
    });
  });

  it('keeps nothing of what could not be measured', () => {
    const line = historyLine(date, 'abc', times(figure('npm test', Number.NaN)));
    expect(JSON.parse(line).figures).toEqual({});
  });

  it('gives the newest value of each figure, also of those that later runs left out', () => {
    const runs = [
      historyLine(date, 'a', times(figure('npm start', 1), figure('npm test', 300))),
      historyLine(date, 'b', times(figure('npm start', 2))),
    ];
    expect(newestFigures(runs.join('\n'))).toEqual(
      new Map([
        ['times: npm start', 2],
        ['times: npm test', 300],
      ]),
    );
  });

  it('passes over lines that are no runs', () => {
    const run = historyLine(date, 'a', times(figure('npm start', 1)));
    const text = ['', '{"date":"20', '[]', '{"date":1,"commit":"a","figures":{"x":1}}', run].join('\n');
    expect(newestFigures(text)).toEqual(new Map([[figureName('times', 'npm start'), 1]]));
  });

  it('begins with nothing, and grows by a line a run', async () => {
    const folder = mkdtempSync(join(tmpdir(), 'staunch-history-'));
    try {
      const file = join(folder, 'new', 'history.jsonl');
      expect(await readHistory(file)).toBe('');
      await appendHistory(file, 'one');
      await appendHistory(file, 'two');
      expect(await readHistory(file)).toBe('one\ntwo\n');
    } finally {
      rmSync(folder, { recursive: true });
    }
  });
});
