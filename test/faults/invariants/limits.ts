import { createHash } from 'node:crypto';
import { findingKey } from '../../../core/finding';
import { ledgerTableName } from '../../../core/names';
import type { Call } from '../call';
import type { World } from '../world';
import { type FunctionRun, isMade, type TableItem, tableItemsOf } from '../writes';
import type { Invariant } from './invariant';

const hourMilliseconds = 60 * 60_000;

/** What became of one slot of a limit. */
interface Slot {
  taken: Call;
  givenBack?: Call;
}

/**
 * The slots of the limits are those of the attempts that wrote, or may have. One that wrote nothing has given its slot back, but
 * where its worker died, or could not.
 */
export const theLimitsAreRight: Invariant = ({ world, runs }) => {
  const faults: string[] = [];
  const attempts = attemptsOf(runs);
  for (const scope of [world.identity.accountId, 'organization']) {
    const slots = slotsOf(world, scope);
    for (const { key, run, name } of attempts) {
      const slot = slots.get(key);
      const first = run.writes.find(isMade);
      if (first && !slot) faults.push(`${name} writes without a slot of ${scope}.`);
      if (first && slot && slot.taken.number > first.number) faults.push(`${name} writes before its slot.`);
      if (first && slot?.givenBack) faults.push(`${name} gives back its slot of ${scope}, and wrote.`);
    }
    for (const [key, slot] of slots) {
      if (slot.givenBack) continue;
      const attempt = attempts.find((one) => one.key === key);
      if (attempt && mayHaveWritten(attempt.run)) continue;
      if (isExplained(world, slot)) continue;
      faults.push(`A slot of ${scope} stays taken for ${attempt?.name ?? 'nothing'}, which wrote nothing.`);
    }
  }
  return faults;
};

function attemptsOf(runs: readonly FunctionRun[]): { key: string; name: string; run: FunctionRun }[] {
  const rounds = new Map<string, number>();
  return runs.flatMap((run) => {
    const { request } = run;
    if (request.mode !== 'apply') return [];
    const attempt = `${findingKey(request.finding)}#${request.occurrence}#${request.attempt}`;
    const round = (rounds.get(attempt) ?? 0) + 1;
    rounds.set(attempt, round);
    const name = `${attempt}#${round}`;
    const key = createHash('sha256').update(name).digest('hex').slice(0, 16);
    return [{ key, name: `Attempt ${request.occurrence}#${request.attempt}#${round}`, run }];
  });
}

/** Every slot that was ever taken in a scope, in the order of the writes of its item. */
function slotsOf({ aws, times }: World, scope: string): Map<string, Slot> {
  const slots = new Map<string, Slot>();
  for (const call of aws.calls.made) {
    const item = tableItemsOf(call).find(
      ({ Item }) => Item?.finding === 'fix-limit' && Item.record === scope,
    )?.Item;
    if (!item || !isMade(call)) continue;
    const taken = Object.keys(JSON.parse(String(item.fixes)) as object);
    for (const key of taken) if (!slots.has(key)) slots.set(key, { taken: call });
    for (const [key, slot] of slots) {
      if (taken.includes(key)) continue;
      const isOld = (times[call.number] ?? 0) - (times[slot.taken.number] ?? 0) >= hourMilliseconds;
      if (!isOld) slot.givenBack ??= call;
    }
  }
  return slots;
}

/** Whether it wrote, or nobody can know that it did not. */
function mayHaveWritten({ invoke, calls, writes, isCutOff }: FunctionRun): boolean {
  if (isCutOff || writes.some((write) => isMade(write) || write.fault)) return true;
  const { fault, invocation } = invoke ?? {};
  return fault !== undefined || invocation?.isDead === true || calls.some((call) => call.invocation.isDead);
}

/** Whether the worker that took the slot died, or a call of the limits failed. */
function isExplained({ aws }: World, { taken }: Slot): boolean {
  if (taken.invocation.isDead) return true;
  return aws.calls.made.some(
    (call) =>
      call.number >= taken.number &&
      call.fault !== undefined &&
      call.invocation === taken.invocation &&
      tableItemsOf(call).some(isOfLimits),
  );
}

function isOfLimits({ TableName, Key, Item }: TableItem): boolean {
  return TableName === ledgerTableName && (Key ?? Item)?.finding === 'fix-limit';
}
