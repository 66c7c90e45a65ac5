import { gunzipSync } from 'node:zlib';
import type { FixStep } from '../../../core/fix-step';
import type { Json } from '../../../core/json';
import { savedStatesTableName } from '../../../core/names';
import { stateDigest } from '../../../core/state-digest';
import type { Call } from '../call';
import { isMade, tableItemsOf } from '../writes';
import type { Invariant } from './invariant';

/** What a fix is about to change is saved before the first of its writes, with what is there. */
export const everyStepIsSavedBefore: Invariant = ({ world, runs }) => {
  const saved = world.aws.calls.made.filter(isMade).flatMap(savedSteps);
  return runs.flatMap(({ request, writes }) => {
    const first = writes.find(isMade);
    if (request.mode !== 'apply' || !first) return [];
    const earlier = saved.filter(({ number }) => number < first.number).map(({ step }) => step);
    const plan = request.fix?.plan;
    const own = earlier.some(
      ({ before, changes }) =>
        JSON.stringify(changes) === JSON.stringify(plan?.changes) &&
        stateDigest(before) === request.fix?.state,
    );
    const isWhole = ({ before, changes }: FixStep) =>
      earlier.some((step) => JSON.stringify(step) === JSON.stringify({ before, changes }));
    return [
      ...(plan && !own ? [`Call ${first.number} writes what was not saved before.`] : []),
      ...(request.unfinished.every(isWhole) ? [] : [`Call ${first.number} completes what was not saved.`]),
    ];
  });
};

/** The steps that a call saves, alone or with others. */
function savedSteps(call: Call): { number: number; step: { before: Json; changes: Json } }[] {
  return tableItemsOf(call).flatMap(({ TableName, Item }) => {
    if (TableName !== savedStatesTableName || !String(Item?.record).startsWith('before#')) return [];
    const step = JSON.parse(gunzipSync(Item?.saved as Uint8Array).toString());
    return [{ number: call.number, step: step as { before: Json; changes: Json } }];
  });
}
