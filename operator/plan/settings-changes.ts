import type { CompiledPolicy, Exemption, Freeze } from '../../config/compiled';
import { usualRecorder } from '../../config/recorder';
import { counted } from '../text/counted';
import { changed } from './changed';
import { peopleChanges } from './people-changes';

/** What a policy would change for all accounts at once, one line each. Pure. */
export function settingsChanges(next: CompiledPolicy, deployed: CompiledPolicy): string[] {
  return [
    ...changed('lossy', deployed.lossy, next.lossy),
    ...changed('targets', listOf(deployed.targets), listOf(next.targets)),
    ...changed('excluded', listOf(deployed.exclude), listOf(next.exclude)),
    ...changed('recorder', recorderOf(deployed), recorderOf(next)),
    ...changed('pilot', listOf(deployed.rollout?.pilot), listOf(next.rollout?.pilot)),
    ...changed('Regions', deployed.regions.join(', '), next.regions.join(', ')),
    ...changed('fixes an hour', limitsOf(deployed), limitsOf(next)),
    ...changed('failed fixes an hour in an account', failuresOf(deployed), failuresOf(next)),
    ...changed('messages at once', concurrencyOf(deployed), concurrencyOf(next)),
    ...changed('approvals expire after', expiryOf(deployed), expiryOf(next)),
    ...changed('patrolled every', patrolOf(deployed), patrolOf(next)),
    ...changed('kept after they were closed', keptOf(deployed), keptOf(next)),
    ...changed('exempt by tag', tagsOf(deployed), tagsOf(next)),
    ...exemptionsMissingFrom(deployed, next).map((exemption) => `exemption comes: ${line(exemption)}`),
    ...exemptionsMissingFrom(next, deployed).map((exemption) => `exemption goes: ${line(exemption)}`),
    ...freezesMissingFrom(deployed, next).map((freeze) => `freeze comes: ${freezeLine(freeze)}`),
    ...freezesMissingFrom(next, deployed).map((freeze) => `freeze goes: ${freezeLine(freeze)}`),
    ...peopleChanges(next, deployed),
  ];
}

function listOf(keys: readonly string[] = []): string {
  return keys.length === 0 ? 'nothing' : keys.join(', ');
}

function recorderOf({ recorder = usualRecorder }: CompiledPolicy): string {
  const { default: fallback, frequency, organizationalUnits, accounts } = recorder;
  const elsewhere = Object.entries({ ...organizationalUnits, ...accounts }).map(
    ([key, mode]) => `${mode} in ${key}`,
  );
  return [fallback, ...elsewhere, ...(frequency === 'daily' ? ['daily'] : [])].join(', ');
}

function limitsOf({ limits: { fixesPerHour } }: CompiledPolicy): string {
  return `${fixesPerHour.account} in an account, ${fixesPerHour.organization} in all`;
}

function failuresOf({ limits }: CompiledPolicy): string {
  return String(limits.failuresPerHour);
}

function concurrencyOf({ limits }: CompiledPolicy): string {
  return String(limits.concurrency);
}

function expiryOf({ approvals: { expireMinutes } }: CompiledPolicy): string {
  return durationOf(expireMinutes);
}

function patrolOf({ patrol }: CompiledPolicy): string {
  return patrol ? durationOf(patrol.everyMinutes) : 'never';
}

function durationOf(minutes: number): string {
  if (minutes % (24 * 60) === 0) return counted(minutes / (24 * 60), 'day');
  return minutes % 60 === 0 ? counted(minutes / 60, 'hour') : counted(minutes, 'minute');
}

function keptOf({ retention: { findingsDays, undoDays } }: CompiledPolicy): string {
  return `findings ${counted(findingsDays, 'day')}, what an undo needs ${counted(undoDays, 'day')}`;
}

function tagsOf({ exemptionRules: { byTag } }: CompiledPolicy): string {
  return byTag
    ? `in ${byTag.organizationalUnits.join(', ')} for ${byTag.maximumDays} days at most`
    : 'nowhere';
}

function exemptionsMissingFrom(policy: CompiledPolicy, other: CompiledPolicy): Exemption[] {
  const known = new Set(policy.exemptions.map(subject));
  return other.exemptions.filter((exemption) => !known.has(subject(exemption)));
}

/** What is exempt, where, and until when; the reason and the line may change without a difference. */
function subject({ control, account, organizationalUnit, resource, region, until }: Exemption): string {
  return JSON.stringify([control, account, organizationalUnit, resource, region, until]);
}

function line({
  control,
  account,
  organizationalUnit,
  resource,
  region,
  expires,
  source,
}: Exemption): string {
  const where = account === undefined ? organizationalUnit : `account ${account}`;
  return `${resource} from ${control} in ${where}${region ? `, ${region}` : ''}, until ${expires} (${source})`;
}

/** Whom a freeze holds and when; the same freeze with another reason is the same. */
function freezesMissingFrom(policy: CompiledPolicy, other: CompiledPolicy): Freeze[] {
  const known = new Set(policy.freezes.map(freezeSubject));
  return other.freezes.filter((freeze) => !known.has(freezeSubject(freeze)));
}

function freezeSubject({ from, to, organizationalUnits, accounts }: Freeze): string {
  return JSON.stringify([from, to, organizationalUnits.toSorted(), accounts.toSorted()]);
}

function freezeLine({ fromSaid, toSaid, organizationalUnits, accounts, reason, source }: Freeze): string {
  const where = [...organizationalUnits, ...accounts.map((account) => `account ${account}`)].join(', ');
  return `${where || 'the whole organization'}, from ${fromSaid} to ${toSaid} (${source}): ${reason}`;
}
