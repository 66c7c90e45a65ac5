import { findingKey } from '../../../core/finding';
import { ledgerTableName } from '../../../core/names';
import { holds, type UndoExemption } from '../../../ledger/findings/undo-exemption';
import { memberServices } from '../aws/replaced-send';
import type { Call } from '../call';
import type { OwnersEdit, ResourceType, Variant } from '../resource-types/resource-type';
import { awsWithLedger } from '../support';
import type { MadeEdit } from '../world';
import { type FunctionRun, isMade, isWrite } from '../writes';
import type { Invariant } from './invariant';

/** What is closed holds nothing of the danger, and everything else as it was; what was undone is as it was before. */
export const theResourceIsRight: Invariant = ({ world, records, latest, runs }) => {
  const { type, aws, variant, identity } = world;
  const edits = editsIn(world.edits);
  const state = type.state(aws);
  const expected = (edits: readonly OwnersEdit[]) => {
    // What an owner closes while Staunch writes may be closed in either way.
    if (edits.includes('mend')) return undefined;
    switch (latest?.state) {
      case 'fixed':
        return plus(type.fixed(variant), edits, type);
      case 'undone':
      case 'reported':
      case 'waiting':
      case 'denied':
      case 'exempt':
        // Where it was fixed more than once, an undo gives back what the last fix took.
        return records.length > 1 ? undefined : untouched(type, identity.accountId, variant, edits);
      default:
        return undefined;
    }
  };
  // Of what may have been lost, and may not, either is right.
  const kept = world.edits.filter((edit) => !(type.isReplacedWhole && mayBeLost(edit, runs)));
  const right = [expected(edits), expected(editsIn(kept))];
  const wanted = right.find((parts) => parts && isSame(parts, state)) ?? right[0];
  const isClosed = latest?.state === 'fixed' || latest?.state === 'already-compliant';
  return [
    ...(isClosed ? type.dangers(aws).map((danger) => `It is ${latest.state}, with ${danger}.`) : []),
    ...(wanted && !isSame(wanted, state)
      ? [`It is ${latest?.state}, and has ${difference(wanted, state)}.`]
      : []),
  ];
};

/** An exemption is there while an order lets the resource rest, and not when none does. */
export const theExemptionIsRight: Invariant = ({ world: { aws, identity, edits }, latest }) => {
  const item = aws.dynamoDb
    .peek(ledgerTableName)
    .find(({ finding, record }) => finding === findingKey(identity) && record === 'exemption');
  const isExempt = holds(item as unknown as UndoExemption | undefined, aws.clock.now());
  const rests = latest?.state === 'undone' || latest?.state === 'exempt';
  // What its owner closed after an undo may be opened again until the exemption ends.
  if (isExempt === rests || (latest?.state === 'already-compliant' && editsIn(edits).includes('mend')))
    return [];
  return [
    rests ? `It is ${latest.state}, and nothing exempts it.` : `It is exempt, though ${latest?.state}.`,
  ];
};

function editsIn(edits: readonly MadeEdit[]): OwnersEdit[] {
  return edits.map(({ edit }) => edit);
}

/** Whether an owner's edit came between the reading that a function wrote after, and that write. */
function mayBeLost({ after }: MadeEdit, runs: readonly FunctionRun[]): boolean {
  return runs.some(({ calls, writes }) =>
    writes.some((write) => {
      const read = calls.findLast((call) => call.number < write.number && isReadingOfMember(call));
      return isMade(write) && after < write.number && read !== undefined && read.number <= after;
    }),
  );
}

function isReadingOfMember({ service, command }: Call): boolean {
  return memberServices.includes(service) && !isWrite({ service, command });
}

function isSame(parts: readonly string[], others: readonly string[]): boolean {
  return JSON.stringify(parts.toSorted()) === JSON.stringify(others.toSorted());
}

function plus(state: string[], edits: readonly OwnersEdit[], type: ResourceType): string[] {
  return edits.includes('unrelated') ? [...state, ...type.unrelated] : state;
}

/** The resource as it would be with its owner's edits alone. */
function untouched(
  type: ResourceType,
  accountId: string,
  variant: Variant,
  edits: readonly OwnersEdit[],
): string[] {
  const aws = awsWithLedger();
  type.plant(aws, accountId, variant);
  for (const edit of edits) type.edit[edit](aws, variant);
  return type.state(aws);
}

function difference(wanted: readonly string[], state: readonly string[]): string {
  const missing = wanted.filter((part) => !state.includes(part)).map((part) => `not ${part}`);
  const more = state.filter((part) => !wanted.includes(part));
  return [...more, ...missing].join('; ');
}
