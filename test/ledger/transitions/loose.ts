import type { FindingRecord } from '../../../ledger/findings/record';
import * as rest from '../../../ledger/transitions/rest';
import * as settling from '../../../ledger/transitions/settle';
import * as taking from '../../../ledger/transitions/take';

/** Transitions as tests may call them: with a record in any state, also in one that types refuse. */
type Loose<Transition> = Transition extends (record: never, ...rest: infer Rest) => infer Next
  ? (record: FindingRecord, ...rest: Rest) => Next
  : never;

export const take = taking.take as Loose<typeof taking.take>;
export const takeToUndo = taking.takeToUndo as Loose<typeof taking.takeToUndo>;
export const settle = settling.settle as Loose<typeof settling.settle>;
export const revisited = rest.revisited as Loose<typeof rest.revisited>;
export const lookFailed = rest.lookFailed as Loose<typeof rest.lookFailed>;
export const putBackAs = taking.putBackAs as (
  taken: FindingRecord,
  holder: string,
  before: FindingRecord,
) => FindingRecord;
