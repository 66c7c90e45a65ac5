import * as z from 'zod/mini';
import type { FixStep, StepResult } from '../../core/fix-step';
import { changesMadeIn, type FixHistory } from '../../core/fix-step';
import type { Json } from '../../core/json';
import { changeSchema } from '../../core/plan-schema';
import { RecordError } from '../table/errors';
import type { SavedItem } from './saved-item';

/** What was saved of an occurrence's latest fix, and whether it was undone since. */
export type SavedHistory = FixHistory & {
  /** When the first of its steps was saved, ISO 8601. */
  savedAt: string;
  /** When an undo of it was verified, ISO 8601; absent while it stands. */
  undoneAt?: string;
  /** Steps after the last verified end which are not known to be made whole, the oldest first. */
  unfinished: readonly FixStep[];
};

/** The saved items of one occurrence by their kind, each in the order of attempts and steps. */
export interface SavedItems {
  befores: readonly SavedItem[];
  results: readonly SavedItem[];
  afters: readonly SavedItem[];
  undos: readonly SavedItem[];
}

// What was parsed from JSON is JSON.
const json = z.custom<Json>((value) => value !== undefined);
const changes = z.array(changeSchema);

const stepSchema = z.object({ before: json, changes });
const resultSchema = z.object({
  made: changes,
  unsure: z.exactOptional(z.literal(true)),
}) satisfies z.ZodMiniType<StepResult>;
const fixStepSchema = z.object({
  before: json,
  changes,
  made: z.exactOptional(changes),
  unsure: z.exactOptional(z.literal(true)),
}) satisfies z.ZodMiniType<FixStep>;
const historySchema = z.object({
  steps: z.array(fixStepSchema),
  after: z.exactOptional(json),
  savedAt: z.string(),
  undoneAt: z.exactOptional(z.string()),
  unfinished: z.array(fixStepSchema),
});

/**
 * Reads a history back that was handed over as JSON text.
 * @throws RecordError when it cannot be understood
 */
export function savedHistoryFrom(text: string): SavedHistory {
  const parsed = historySchema.safeParse(jsonIn(text));
  if (parsed.success) {
    const { steps, ...rest } = parsed.data;
    const [first, ...more] = steps;
    if (first) return { ...rest, steps: [first, ...more] };
  }
  throw new RecordError('The history of the fix cannot be understood.');
}

function jsonIn(text: string): unknown {
  try {
    return JSON.parse(text);
  } catch {
    return undefined;
  }
}

/**
 * What an occurrence's fix took: its steps since the last undo, or, when nothing was fixed after that, those which it has
 * undone.
 * @returns undefined when nothing was ever saved
 * @throws RecordError when an item cannot be understood
 */
export function latestFix({ befores, results, afters, undos }: SavedItems): SavedHistory | undefined {
  const last = befores.at(-1);
  if (!last) return undefined;
  const undone = undos.find((undo) => attemptOf(undo) > attemptOf(last));
  const earlier = undos.findLast((undo) => attemptOf(undo) <= attemptOf(last));
  const mine = befores.filter((item) => !earlier || attemptOf(item) > attemptOf(earlier));
  const resultOf = new Map(results.map((item) => [item.record.replace('made#', 'before#'), item]));
  const steps = mine.map((item) => ({ item, step: stepOf(item, resultOf.get(item.record)) }));
  const [first, ...rest] = steps.map(({ step }) => step);
  if (!first) return undefined;
  const after = afters.findLast((item) => attemptOf(item) >= attemptOf(last));
  const verified = afters.at(-1);
  const open = steps.filter(({ item }) => !verified || attemptOf(item) > attemptOf(verified));
  return {
    steps: [first, ...rest],
    savedAt: mine[0]?.savedAt ?? last.savedAt,
    ...(after && { after: after.value }),
    ...(undone && { undoneAt: undone.savedAt }),
    unfinished: undone ? [] : unfinishedOf(open.map(({ step }) => step)),
  };
}

/**
 * The steps which are not known to be made whole, each once: a step that was completed half-way is saved again. A step may
 * also come again after it was made whole, where somebody set the resource up as it was.
 * @param steps the oldest first
 */
export function unfinishedOf(steps: readonly FixStep[]): FixStep[] {
  const open = new Map<string, FixStep>();
  for (const step of steps) {
    if (isWhole(step)) open.delete(contentOf(step));
    // What is known to have made nothing has left nothing to complete: it was planned for what may be another resource by now.
    else if (changesMadeIn(step).length > 0)
      open.set(contentOf(step), { before: step.before, changes: step.changes });
  }
  return [...open.values()];
}

/** Whether two steps are about the same changes of the same state. */
export function isSameStep(one: FixStep, other: FixStep): boolean {
  return contentOf(one) === contentOf(other);
}

function isWhole({ changes, made, unsure }: FixStep): boolean {
  return made !== undefined && !unsure && made.length >= changes.length;
}

function contentOf({ before, changes }: FixStep): string {
  return JSON.stringify([before, changes]);
}

/** The number of the occurrence that a saved item belongs to. */
export function occurrenceOf({ record }: Pick<SavedItem, 'record'>): number {
  return Number(record.split('#')[1]);
}

/** The number of the attempt that a saved item belongs to. */
export function attemptOf({ record }: Pick<SavedItem, 'record'>): number {
  return Number(record.split('#')[2]);
}

function stepOf(step: SavedItem, result: SavedItem | undefined): FixStep {
  return { ...understood(stepSchema, step), ...(result && understood(resultSchema, result)) };
}

function understood<Value>(schema: z.ZodMiniType<Value>, { record, value }: SavedItem): Value {
  const parsed = schema.safeParse(value);
  if (parsed.success) return parsed.data;
  throw new RecordError(`The saved step ${record} cannot be understood. Look at the item.`);
}
