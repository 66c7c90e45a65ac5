import * as z from 'zod/mini';
import { accountIdPattern, regionPattern } from '../contract/finding';
import { isParentId, organizationIdPattern } from './formats';
import type { Organization } from './organization';

const accountId = z.string().check(z.regex(accountIdPattern));
const region = z.string().check(z.regex(regionPattern));
const flag = z.enum(['off', 'approval', 'on']);
const entry = z.strictObject({
  flag,
  /** Where the policy says so, for example `organization.yaml:12`. */
  source: z.string().check(z.minLength(1), z.maxLength(200)),
});

const compiledPolicySchema = z.strictObject({
  version: z.literal(1),
  organization: z.strictObject({
    id: z.string().check(z.regex(organizationIdPattern)),
    managementAccount: accountId,
  }),
  hub: z.strictObject({ account: accountId, region }),
  regions: z.array(region).check(z.minLength(1)),
  default: entry,
  /** By the id of an organizational unit, or of the root. */
  organizationalUnits: z.record(z.string().check(z.refine(isParentId)), entry),
  /** By account id. */
  accounts: z.record(accountId, entry),
  /** What becomes of a lossy plan under `on`: it waits for approval, or it is applied. */
  lossy: z.enum(['wait', 'apply']),
  slack: z.strictObject({ channel: z.string().check(z.minLength(1)) }),
});

/** The policy as the coordinator carries it: plain JSON, each flag with the line that says it. */
export type CompiledPolicy = z.infer<typeof compiledPolicySchema>;

/** Thrown when a compiled policy cannot be trusted. Nothing may be changed then. */
export class CompiledPolicyError extends Error {
  override readonly name = 'CompiledPolicyError';
}

/**
 * The policy in the form that is deployed. It is the same on every machine: files are named without their folder.
 * @param organization as `loadOrganization` returns it
 */
export function compilePolicy(organization: Organization): CompiledPolicy {
  const { autoResponse, sources } = organization;
  const entries = (flags: Record<string, CompiledPolicy['default']['flag']>, from: Record<string, string>) =>
    Object.fromEntries(
      Object.entries(flags).map(([id, flag]) => [id, { flag, source: from[id] ?? sources.default }]),
    );
  return {
    version: 1,
    organization: { ...organization.organization },
    hub: { ...organization.hub },
    regions: [...organization.regions],
    default: { flag: autoResponse.default, source: sources.default },
    organizationalUnits: entries(autoResponse.organizationalUnits, sources.organizationalUnits),
    accounts: entries(autoResponse.accounts, sources.accounts),
    lossy: organization.lossy,
    slack: { ...organization.slack },
  };
}

/**
 * Reads a compiled policy back.
 * @param json the text of `policy.json`
 * @throws CompiledPolicyError when it is not exactly what `compilePolicy` makes: an unknown key may be one that a newer
 *   version relies on to keep something from being changed
 */
export function parseCompiledPolicy(json: string): CompiledPolicy {
  let value: unknown;
  try {
    value = JSON.parse(json);
  } catch (error) {
    throw new CompiledPolicyError('The compiled policy is not JSON. Deploy the hub again.', { cause: error });
  }
  const parsed = compiledPolicySchema.safeParse(value);
  if (parsed.success) return parsed.data;
  const where = parsed.error.issues.map((issue) => issue.path.join('.') || 'the whole').join(', ');
  throw new CompiledPolicyError(`The compiled policy is malformed at ${where}. Deploy the hub again.`);
}
