import type { CompiledPolicy, Level, PeopleEntry } from '../../config/compiled';
import { fixableControlIds } from '../../config/known-controls';
import { listed } from '../text/listed';
import { countsFor, type SaidPlace } from './areas';

/** A line of the policy by which fixes wait, as far as they do. */
interface WaitingLine {
  place: SaidPlace;
  what: string;
  source: string;
  controls: readonly string[];
}

/**
 * Warns, in one line, where the policy lets fixes wait for an approval that nobody may give. What only the organization could tell is
 * not told: a plan does. Pure.
 * @returns undefined where somebody may, or might
 */
export function approvalWarning(policy: CompiledPolicy): string | undefined {
  const lines = waitingLines(policy);
  const approving = (policy.people?.entries ?? []).filter(({ may }) => may.includes('approve'));
  const alone = lines.filter(({ place, controls }) =>
    controls.some((id) =>
      approving.every((entry) => !coversFindings(entry, id) || countsFor(entry.where, place) === 'no'),
    ),
  );
  if (alone.length === 0) return undefined;
  const named = listed(alone.map(({ what, source }) => `${what} (${source})`));
  return `Warning: nobody may approve what would wait by ${named}. Name somebody in people, with approve in may.`;
}

function coversFindings({ where }: PeopleEntry, control: string): boolean {
  return where?.controls?.includes(control) ?? true;
}

/** Whether fixes wait under a flag. Under `on` those do that also take something harmless, unless the policy has them applied. */
export function mayWait({ lossy }: CompiledPolicy, flag: Level['flag']): boolean {
  return flag === 'approval' || (flag === 'on' && lossy === 'wait');
}

function waitingLines(policy: CompiledPolicy): WaitingLine[] {
  const waits = (flag: Level['flag']) => mayWait(policy, flag);
  const linesOf = (place: SaidPlace, name: string, { flag, source, controls }: Level): WaitingLine[] => {
    const own = Object.entries(controls).filter(([, said]) => said.flag !== undefined);
    const others = fixableControlIds.filter((id) => !own.some(([known]) => known === id));
    return [
      ...(waits(flag) ? [{ place, what: name, source, controls: others }] : []),
      ...own
        .filter(([, said]) => waits(said.flag))
        .map(([id, said]) => ({ place, what: `${id} in ${name}`, source: said.source, controls: [id] })),
    ];
  };
  return [
    ...linesOf('default', 'the default', policy.default),
    ...Object.entries(policy.organizationalUnits).flatMap(([unit, level]) => linesOf({ unit }, unit, level)),
    ...Object.entries(policy.accounts).flatMap(([account, level]) =>
      linesOf({ account }, `account ${account}`, level),
    ),
  ];
}
