import { findingKey } from '../../core/finding';
import { states } from '../../core/states';
import { utc } from '../../core/utc';
import type { DigestMember } from '../../ledger/cards/members';

/** Everything that a digest stands for, as a text file: a line for each finding, with its name for `staunch show`. Pure. */
export function digestFile(members: readonly DigestMember[], now: Date): string {
  const lines = members.flatMap(({ accountId, accountName, control, findings }) =>
    findings.map(({ region, resourceId, occurrence, state }) => {
      const key = findingKey({ accountId, region, control, resourceId, resourceType: '' });
      return [states[state].title, accountName ?? '', `${key}#${occurrence}`].map(oneLine).join('\t');
    }),
  );
  return [`State at ${utc(now)}\tAccount\tFinding`, ...lines, ''].join('\n');
}

/** A resource's name is a stranger's text: no line looks like another one. */
function oneLine(text: string): string {
  return text.replace(/[\p{C}\p{Zl}\p{Zp}]+/gu, ' ');
}
