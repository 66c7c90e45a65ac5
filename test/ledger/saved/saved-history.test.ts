import type { FixStep, StepResult } from '../../../core/fix-step';
import type { Json } from '../../../core/json';
import {
  latestFix,
  type SavedHistory,
  type SavedItems,
  savedHistoryFrom,
  unfinishedOf,
} from '../../../ledger/saved/saved-history';
import type { SavedItem } from '../../../ledger/saved/saved-item';
import { RecordError } from '../../../ledger/table/errors';

const change = (name: string) => ({ action: 'revoke', text: `Revoke ${name}.` });
const stepOf = (before: string, ...names: string[]) => ({ before, changes: names.map(change) });
const whole = (step: FixStep): FixStep => ({ ...step, made: step.changes });
const minute = (attempt: number) => `2026-11-01T10:0${attempt}:00.000Z`;

const item = (kind: string, attempt: number, value: Json, step?: number): SavedItem => ({
  record: `${kind}#000001#00000${attempt}${step === undefined ? '' : `#0${step}`}`,
  value,
  savedAt: minute(attempt),
});

/** What one attempt saved: its steps with their results, and what was verified. */
interface Saved {
  attempt: number;
  steps?: { step: ReturnType<typeof stepOf>; result?: StepResult }[];
  after?: Json;
  undone?: true;
}

function itemsOf(...attempts: Saved[]): SavedItems {
  const of = (kind: (saved: Saved) => SavedItem[]) => attempts.flatMap(kind);
  return {
    befores: of(({ attempt, steps = [] }) =>
      steps.map(({ step }, index) => item('before', attempt, step, index + 1)),
    ),
    results: of(({ attempt, steps = [] }) =>
      steps.flatMap(({ result }, index) =>
        result ? [item('made', attempt, JSON.parse(JSON.stringify(result)), index + 1)] : [],
      ),
    ),
    afters: of(({ attempt, after }) => (after === undefined ? [] : [item('after', attempt, after)])),
    undos: of(({ attempt, undone }) => (undone ? [item('undone', attempt, null)] : [])),
  };
}

const a = stepOf('A', 'a1', 'a2');
const b = stepOf('B', 'b1');
const made = (step: FixStep): StepResult => ({ made: step.changes });

describe('unfinishedOf', () => {
  it('passes over steps of which every change was confirmed', () => {
    expect(unfinishedOf([whole(a), whole(b)])).toEqual([]);
  });

  it.each<[string, Partial<StepResult>]>([
    ['of which nobody knows', {}],
    ['of which a part was made', { made: [change('a1')] }],
    ['whose answer was lost', { made: a.changes, unsure: true }],
  ])('names a step %s, without what came of it', (_what, result) => {
    expect(unfinishedOf([{ ...a, ...result }, whole(b)])).toEqual([a]);
  });

  it('passes over a step that is known to have made nothing, unless it made a part before', () => {
    expect(unfinishedOf([{ ...a, made: [] }, b])).toEqual([b]);
    expect(
      unfinishedOf([
        { ...a, made: [change('a1')] },
        { ...a, made: [] },
      ]),
    ).toEqual([a]);
  });

  it('names each once, the oldest first', () => {
    expect(unfinishedOf([a, b, { ...a, made: [] }])).toEqual([a, b]);
  });

  it('passes over a step that was made whole later', () => {
    expect(unfinishedOf([{ ...a, made: [change('a1')] }, b, whole(a)])).toEqual([b]);
  });

  it('names a step that was made whole before, and stopped half-way later', () => {
    expect(unfinishedOf([whole(a), { ...a, made: [change('a1')] }])).toEqual([a]);
  });

  it('tells the same changes of another state apart', () => {
    const other = { ...a, before: 'C' };
    expect(unfinishedOf([a, whole(other)])).toEqual([a]);
  });
});

describe('latestFix', () => {
  it('knows nothing where nothing was saved', () => {
    expect(latestFix(itemsOf())).toBeUndefined();
  });

  it('holds the steps of all attempts with what came of each, and since when', () => {
    const items = itemsOf(
      { attempt: 1, steps: [{ step: a, result: { made: [change('a1')], unsure: true } }, { step: b }] },
      { attempt: 3, steps: [{ step: a, result: made(a) }], after: 'left' },
    );
    expect(latestFix(items)).toEqual({
      steps: [{ ...a, made: [change('a1')], unsure: true }, b, whole(a)],
      savedAt: minute(1),
      after: 'left',
      unfinished: [],
    });
  });

  it('names what is unfinished after the last verified end only', () => {
    const items = itemsOf(
      { attempt: 1, steps: [{ step: a }], after: 'left' },
      { attempt: 2, steps: [{ step: b }] },
    );
    expect(latestFix(items)?.unfinished).toEqual([b]);
  });

  it('names all that several attempts left unfinished', () => {
    const items = itemsOf(
      { attempt: 1, steps: [{ step: a, result: { made: [change('a1')] } }] },
      {
        attempt: 2,
        steps: [
          { step: a, result: { made: [] } },
          { step: b, result: { made: [] } },
        ],
      },
    );
    expect(latestFix(items)?.unfinished).toEqual([a]);
  });

  it('does not take what an earlier attempt left behind for what is there after a later step', () => {
    const items = itemsOf(
      { attempt: 1, steps: [{ step: a, result: made(a) }], after: 'left' },
      { attempt: 2, steps: [{ step: b, result: { made: [] } }] },
    );
    expect(latestFix(items)).not.toHaveProperty('after');
  });

  it('takes what a later attempt without a step verified', () => {
    const items = itemsOf({ attempt: 1, steps: [{ step: a }] }, { attempt: 2, after: 'left' });
    expect(latestFix(items)).toMatchObject({ after: 'left', unfinished: [] });
  });

  it('says that the fix was undone, and that nothing of it is to be completed', () => {
    const items = itemsOf({ attempt: 1, steps: [{ step: a }] }, { attempt: 2, undone: true });
    expect(latestFix(items)).toEqual({
      steps: [a],
      savedAt: minute(1),
      undoneAt: minute(2),
      unfinished: [],
    });
  });

  it('begins anew after an undo', () => {
    const items = itemsOf(
      { attempt: 1, steps: [{ step: a }], after: 'left' },
      { attempt: 2, undone: true },
      { attempt: 3, steps: [{ step: b, result: { made: [] } }] },
      { attempt: 4, steps: [{ step: b, result: made(b) }], after: 'left again' },
    );
    expect(latestFix(items)).toEqual({
      steps: [{ ...b, made: [] }, whole(b)],
      savedAt: minute(3),
      after: 'left again',
      unfinished: [],
    });
  });

  it('does not complete what was undone before, though the fix after that is not verified', () => {
    const items = itemsOf(
      { attempt: 1, steps: [{ step: a }] },
      { attempt: 2, undone: true },
      { attempt: 3, steps: [{ step: b }] },
    );
    expect(latestFix(items)).toEqual({ steps: [b], savedAt: minute(3), unfinished: [b] });
  });

  it('tells of the second undo after the second fix', () => {
    const items = itemsOf(
      { attempt: 1, steps: [{ step: a }] },
      { attempt: 2, undone: true },
      { attempt: 3, steps: [{ step: b }] },
      { attempt: 4, undone: true },
    );
    expect(latestFix(items)).toMatchObject({ steps: [b], undoneAt: minute(4), unfinished: [] });
  });

  it.each<[string, Partial<SavedItems>]>([
    ['before', { befores: [item('before', 1, { before: 'A' }, 1)] }],
    ['made', { befores: [item('before', 1, a, 1)], results: [item('made', 1, { made: 'all' }, 1)] }],
  ])('says which item cannot be understood: %s', (kind, items) => {
    const read = () => latestFix({ ...itemsOf(), ...items });
    expect(read).toThrow(RecordError);
    expect(read).toThrow(`${kind}#000001#000001#01`);
  });
});

describe('savedHistoryFrom', () => {
  const history: SavedHistory = {
    steps: [{ ...a, made: [], unsure: true }, whole(b)],
    after: { rules: [] },
    savedAt: minute(1),
    undoneAt: minute(2),
    unfinished: [a],
  };

  it('reads back what was handed over', () => {
    expect(savedHistoryFrom(JSON.stringify(history))).toEqual(history);
    const { after: _after, undoneAt: _undoneAt, ...least } = history;
    expect(savedHistoryFrom(JSON.stringify(least))).toEqual(least);
  });

  it('keeps further keys of a change: they are what is undone', () => {
    const changes = [{ ...change('a1'), fromPort: 22, cidr: '0.0.0.0/0' }];
    const steps: SavedHistory['steps'] = [{ before: 'A', changes }];
    expect(savedHistoryFrom(JSON.stringify({ ...history, steps })).steps).toEqual(steps);
  });

  it.each<[string, unknown]>([
    ['no history', null],
    ['a number', 7],
    ['a list', []],
    ['no steps', { ...history, steps: undefined }],
    ['an empty list of steps', { ...history, steps: [] }],
    ['a step without a state', { ...history, steps: [{ changes: [] }] }],
    ['a step without changes', { ...history, steps: [{ before: 'A' }] }],
    ['a change without an action', { ...history, steps: [{ before: 'A', changes: [{ text: 'x' }] }] }],
    ['a result that is none', { ...history, steps: [{ ...a, made: 'all' }] }],
    ['a time that is none', { ...history, savedAt: 5 }],
    ['nothing said of what is unfinished', { ...history, unfinished: undefined }],
    ['an unfinished step that is none', { ...history, unfinished: ['a'] }],
  ])('refuses %s', (_what, value) => {
    expect(() => savedHistoryFrom(JSON.stringify(value))).toThrow(RecordError);
  });

  it.each(['', '{', 'undefined', 'null,'])('refuses what is not JSON: %j', (text) => {
    expect(() => savedHistoryFrom(text)).toThrow(RecordError);
  });
});
