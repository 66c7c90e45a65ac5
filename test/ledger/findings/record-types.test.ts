import { type FindingState, type SettledState, states } from '../../../core/states';
import type { Verdict } from '../../../decision/verdict';
import {
  becoming,
  type FindingRecord,
  type RecordBase,
  type RecordIn,
  recordSchemas,
} from '../../../ledger/findings/record';
import type { Outcome } from '../../../ledger/transitions/outcome';
import type { Takeable } from '../../../ledger/transitions/take';

type Same<One, Other> = [One] extends [Other] ? ([Other] extends [One] ? true : never) : never;

/** Checked by the compiler: each line stops compiling where the types and the one table of states come apart. */
const complete: {
  records: Same<FindingRecord['state'], FindingState>;
  outcomes: Same<Outcome['state'], SettledState>;
  verdicts: Same<Verdict['state'], SettledState>;
  taken: Same<Takeable['state'], Exclude<FindingState, 'gone'>>;
} = { records: true, outcomes: true, verdicts: true, taken: true };

const base = {} as RecordBase;
const decidedBy = 'the default';

/** Never run: each of them has to be refused by the compiler. */
const refused = [
  // @ts-expect-error a finding that is held says for what
  () => becoming('held', { ...base, decidedBy }),
  // @ts-expect-error what was fixed is held for nothing
  () => becoming('fixed', { ...base, decidedBy, heldBy: 'stop' as const }),
  // @ts-expect-error what is closed has no decision left
  () => becoming('gone', { ...base, decidedBy, decision: {} as RecordIn<'waiting'>['decision'] }),
  // @ts-expect-error what was reported waits for no next attempt
  () => becoming('reported', { ...base, decidedBy, nextAttemptAt: '2026-11-23T10:00:00.000Z' }),
  // @ts-expect-error what a record of any state holds is not what one of this state holds
  (record: FindingRecord) => becoming('reported', { ...record, decidedBy }),
  // @ts-expect-error what was settled says who decided
  () => becoming('waiting', { ...base }),
  // @ts-expect-error nobody reads what a finding is held for without having asked for its state
  (record: FindingRecord) => record.heldBy,
  // @ts-expect-error a failure that is recorded says when it is tried again
  (): Outcome => ({ state: 'failed', decidedBy, violations: [] }),
  // @ts-expect-error an exemption says when it ends
  (): Verdict => ({ state: 'exempt', reason: 'Ours.' }),
];

describe('the variants of a record', () => {
  it('are one for each state of the one table', () => {
    expect(Object.keys(recordSchemas).sort()).toEqual(Object.keys(states).sort());
    expect(Object.values(complete)).toEqual([true, true, true, true]);
  });

  it('are refused by the compiler where a key is missing, or left over', () => {
    expect(refused).toHaveLength(9);
  });
});
