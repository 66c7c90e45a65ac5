import type { Json } from '../../../../core/json';
import type { SavingParts } from '../../../../hub-functions/coordinator/attempt/saving';
import { latestFix, type SavedHistory } from '../../../../ledger/saved-history';
import type { SavedItem } from '../../../../ledger/saved-item';
import type { Attempt } from '../../../../ledger/saved-states';

const sortable = (number: number, digits = 6) => String(number).padStart(digits, '0');
const keyOf = ({ occurrence, attempt }: Attempt) => `${sortable(occurrence)}#${sortable(attempt)}`;

/** What was saved of one finding's fixes, without a table. */
export class MemorySavedStates {
  private readonly items = new Map<string, SavedItem>();

  readonly saveStep: SavingParts['savedStates']['saveStep'] = async (of, { before, changes }, savedAt) => {
    let number = 1;
    while (this.items.has(`before#${keyOf(of)}#${sortable(number, 2)}`)) number += 1;
    this.put(`before#${keyOf(of)}#${sortable(number, 2)}`, { before, changes }, savedAt);
    return number;
  };

  readonly saveResult: SavingParts['savedStates']['saveResult'] = async (of, step, result, savedAt) => {
    this.put(`made#${keyOf(of)}#${sortable(step, 2)}`, result, savedAt);
  };

  readonly saveAfter: SavingParts['savedStates']['saveAfter'] = async (of, after, savedAt) => {
    this.put(`after#${keyOf(of)}`, after, savedAt);
  };

  readonly saveUndone: SavingParts['savedStates']['saveUndone'] = async (of, savedAt) => {
    this.put(`undone#${keyOf(of)}`, null, savedAt);
  };

  readonly keep: SavingParts['savedStates']['keep'] = async () => {};

  readonly history = async (): Promise<SavedHistory | undefined> =>
    latestFix({
      befores: this.of('before'),
      results: this.of('made'),
      afters: this.of('after'),
      undos: this.of('undone'),
    });

  private put(record: string, value: unknown, savedAt: Date): void {
    if (this.items.has(record)) return;
    // As JSON, as a table has it.
    const copy = JSON.parse(JSON.stringify(value)) as Json;
    this.items.set(record, { record, value: copy, savedAt: savedAt.toISOString() });
  }

  private of(kind: string): SavedItem[] {
    const items = [...this.items.values()].filter(({ record }) => record.startsWith(`${kind}#`));
    return items.toSorted((one, other) => (one.record < other.record ? -1 : 1));
  }
}
