import type { CompiledPolicy, Exemption } from '../../config/compiled';

/** What a policy would change for all accounts at once, one line each. Pure. */
export function settingsChanges(next: CompiledPolicy, deployed: CompiledPolicy): string[] {
  return [
    ...changed('lossy', deployed.lossy, next.lossy),
    ...changed('Regions', deployed.regions.join(', '), next.regions.join(', ')),
    ...changed('fixes an hour', limitsOf(deployed), limitsOf(next)),
    ...changed('exempt by tag', tagsOf(deployed), tagsOf(next)),
    ...exemptionsMissingFrom(deployed, next).map((exemption) => `exemption comes: ${line(exemption)}`),
    ...exemptionsMissingFrom(next, deployed).map((exemption) => `exemption goes: ${line(exemption)}`),
  ];
}

function changed(what: string, before: string, after: string): string[] {
  return before === after ? [] : [`${what}: ${before} → ${after}`];
}

function limitsOf({ limits: { fixesPerHour } }: CompiledPolicy): string {
  return `${fixesPerHour.account} in an account, ${fixesPerHour.organization} in all`;
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
