import type { Json } from '../../../../core/json';
import type { SavingParts } from '../../../../hub-functions/coordinator/attempt/saving';
import { latestFix, type SavedHistory } from '../../../../ledger/saved/saved-history';
import { packed, type SavedItem, unpacked } from '../../../../ledger/saved/saved-item';
import type { Attempt, SavedPut } from '../../../../ledger/saved/saved-states';

type States = SavingParts['savedStates'];

const sortable = (number: number, digits = 6) => String(number).padStart(digits, '0');
const keyOf = ({ occurrence, attempt }: Attempt) => `${sortable(occurrence)}#${sortable(attempt)}`;

/** What was saved of one finding's fixes, without a table. */
export class MemorySavedStates {
  private readonly items = new Map<string, SavedItem>();

  readonly saveStep: States['saveStep'] = async (of, { before, changes }, savedAt) => {
    let number = 1;
    while (this.items.has(`before#${keyOf(of)}#${sortable(number, 2)}`)) number += 1;
    this.put(`before#${keyOf(of)}#${sortable(number, 2)}`, { before, changes }, savedAt);
    return number;
  };

  readonly step: States['step'] = (of, number, { before, changes }, savedAt) =>
    this.about(`before#${keyOf(of)}#${sortable(number, 2)}`, { before, changes: [...changes] }, savedAt);

  readonly result: States['result'] = (of, step, { made, unsure }, savedAt) =>
    this.about(
      `made#${keyOf(of)}#${sortable(step, 2)}`,
      { made: [...made], ...(unsure && { unsure }) },
      savedAt,
    );

  readonly after: States['after'] = (of, after, savedAt) => this.about(`after#${keyOf(of)}`, after, savedAt);

  readonly save: States['save'] = async ({ Item }) => {
    const { record, value, savedAt } = unpacked(Item);
    this.put(record, value, new Date(savedAt));
    return true;
  };

  readonly keeping: States['keeping'] = () => {
    throw new Error('Nothing expires here.');
  };

  readonly saveUndone: States['saveUndone'] = async (of, savedAt) => {
    this.put(`undone#${keyOf(of)}`, null, savedAt);
  };

  readonly keep: States['keep'] = async () => {};

  readonly history = async (): Promise<SavedHistory | undefined> =>
    latestFix({
      befores: this.of('before'),
      results: this.of('made'),
      afters: this.of('after'),
      undos: this.of('undone'),
    });

  private about(record: string, value: Json, savedAt: Date): SavedPut {
    const Item = { finding: 'any', record, saved: packed(value), savedAt: savedAt.toISOString() };
    return { TableName: 'saved', Item, ConditionExpression: '', ExpressionAttributeNames: {} };
  }

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
