import type { Colors } from 'picocolors/types';
import type { FindingRecord } from '../../ledger/findings/record';
import { printable } from '../../resources/kit/printable';
import { changeDiff } from './change-diff';
import { diffText } from './diff-text';

/** The changes of a finding's plan as a diff, and how many of them the ledger left out. Pure. */
export function changeLines({ identity, plan, omitted }: FindingRecord, colours: Colors): string[] {
  const changes =
    plan === undefined ? [] : diffText(changeDiff(identity.resourceType, plan.changes), colours);
  return [...changes, ...more(omitted?.changes)];
}

/** What harmless goes with a finding's plan, a line each. */
export function lossLines({ plan }: FindingRecord): string[] {
  return (plan?.losses ?? []).map(item);
}

/** A stranger's sentence as an item of a list. */
export function item(text: string): string {
  return `- ${printable(text)}`;
}

/** How much of a list the ledger left out. */
export function more(omitted: number | undefined): string[] {
  return omitted ? [`… and ${omitted} more, which the ledger left out`] : [];
}
