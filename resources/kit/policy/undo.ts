import type { JsonObject } from '../../../core/json';
import type { Touched, Undone } from '../trace';
import type { PolicyChange } from './changes';
import { type PolicyDifference, policyDifference } from './difference';
import { meaningOf, samePolicy } from './meaning';
import { type ResourcePolicy, refuseRewrittenNumbers } from './resource-policy';

/** How a policy is written: `to` in place of `from`; `original` is what was there before the fix. */
export interface PolicyWrite {
  from: ResourcePolicy | undefined;
  to: ResourcePolicy;
  original: ResourcePolicy;
}

/** What a service takes of a policy. */
export interface PolicyLimits {
  /** The service, for people: `S3`. */
  service: string;
  maximumBytes: number;
}

/**
 * Plans how a policy gets back the statements that a fix removed or edited. Where it is what the fix left, the original text
 * comes back to the byte. Where others changed other statements since, the original ones go into the policy as it is now: an
 * edited one takes the place of what the fix made of it, a removed one follows what preceded it.
 * @param changes all that the fix changed of the policy
 * @param limits what the service would not take is not planned
 * @throws RefusedError when the policy holds a number that cannot be written back as it is
 */
export function undonePolicy(
  { original, left }: Touched<ResourcePolicy | undefined>,
  now: ResourcePolicy | undefined,
  changes: readonly PolicyChange[],
  limits: PolicyLimits,
): Undone<PolicyWrite> {
  // No fix makes a policy where there was none.
  if (original === undefined || samePolicy(now, original)) return { differences: [] };
  if (samePolicy(now, left)) return { write: { from: now, to: original, original }, differences: [] };
  if (now === undefined) return { differences: ['The policy is gone since the fix.'] };
  const difference = policyDifference(original, left, now);
  const differences = [...difference.differences, ...versionDifferences(original, now)];
  if (differences.length > 0) return { differences };
  if (difference.missing.size + difference.surplus.size === 0) return { differences: [] };
  refuseRewrittenNumbers(original);
  refuseRewrittenNumbers(now);
  const to = merged(original, now, difference, changes);
  const obstacles = obstaclesTo(to, original, difference, limits);
  if (obstacles.length > 0) return { differences: obstacles };
  return { write: { from: now, to: samePolicy(to, original) ? original : to, original }, differences: [] };
}

function merged(
  original: ResourcePolicy,
  now: ResourcePolicy,
  difference: PolicyDifference,
  changes: readonly PolicyChange[],
): ResourcePolicy {
  const missing = new Map(difference.missing);
  const surplus = new Map(difference.surplus);
  const originals = new Map(original.statements.map((statement) => [meaningOf(statement), statement]));
  const edits = changes.filter((change) => change.action === 'editStatement');
  const statements = now.statements.flatMap((statement): JsonObject[] => {
    const meaning = meaningOf(statement);
    if (!takeOne(surplus, meaning)) return [statement];
    const edit = edits.find(
      ({ before, after }) => meaningOf(after) === meaning && missing.has(meaningOf(before)),
    );
    const back = edit && originals.get(meaningOf(edit.before));
    return back && takeOne(missing, meaningOf(back)) ? [back] : [];
  });
  let place = 0;
  for (const statement of original.statements) {
    const meaning = meaningOf(statement);
    const index = statements.findIndex((other) => meaningOf(other) === meaning);
    if (takeOne(missing, meaning)) statements.splice(place++, 0, statement);
    else if (index !== -1) place = index + 1;
  }
  const [first] = statements;
  const isList = Array.isArray(now.document.Statement) || statements.length !== 1 || first === undefined;
  const document = { ...now.document, Statement: isList ? statements : first };
  return { text: JSON.stringify(document), document, statements };
}

/** Takes one of what is counted; says whether there was one. */
function takeOne(counts: Map<string, number>, meaning: string): boolean {
  const count = counts.get(meaning) ?? 0;
  if (count > 1) counts.set(meaning, count - 1);
  else counts.delete(meaning);
  return count > 0;
}

/**
 * A statement means another thing under another version. Without one it is the older:
 * https://docs.aws.amazon.com/IAM/latest/UserGuide/reference_policies_elements_version.html
 */
function versionDifferences(original: ResourcePolicy, now: ResourcePolicy): string[] {
  const [was, is] = [original, now].map(({ document }) => String(document.Version ?? '2008-10-17'));
  return was === is ? [] : [`The policy's Version is ${is} since the fix; it was ${was} before.`];
}

/** Why the service would not take the policy. */
function obstaclesTo(
  to: ResourcePolicy,
  original: ResourcePolicy,
  { missing }: PolicyDifference,
  { service, maximumBytes }: PolicyLimits,
): string[] {
  const given = original.statements.filter((statement) => missing.has(meaningOf(statement)));
  const timesIn = ({ statements }: ResourcePolicy, sid: string) =>
    sidsOf(statements).filter((other) => other === sid).length;
  const bytes = Buffer.byteLength(to.text);
  return [
    ...[...new Set(sidsOf(given))]
      .filter((sid) => timesIn(to, sid) > timesIn(original, sid))
      .map((sid) => `The policy has another statement with the Sid ${sid} since the fix.`),
    ...(bytes > maximumBytes
      ? [
          `The policy grew since the fix; with what was there before it has ${bytes} bytes, and ${service} takes ${maximumBytes}.`,
        ]
      : []),
  ];
}

/** https://docs.aws.amazon.com/IAM/latest/UserGuide/reference_policies_elements_sid.html: each only once in a policy. */
function sidsOf(statements: readonly JsonObject[]): string[] {
  return statements.flatMap(({ Sid }) => (typeof Sid === 'string' && Sid !== '' ? [Sid] : []));
}
