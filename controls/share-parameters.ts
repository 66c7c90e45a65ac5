import * as z from 'zod/mini';
import type { JsonObject } from '../core/json';
import { looksAtNamed, type TrustedSharees } from '../resources/kit/share-list/trusted';
import { trustedAccounts, trustedOrganizations } from './trusted-parameters';

/** Parameters of controls over what can be shared with everybody and with accounts. */
export const shareParametersSchema = z.strictObject({ trustedAccounts });

/** The same where organizations can be named too. */
export const shareWithOrganizationsParametersSchema = z.strictObject({
  trustedAccounts,
  trustedOrganizations,
});

/** Parameters as the schema returns them. */
export type ShareParameters = z.infer<typeof shareParametersSchema>;
/** The same where organizations can be named too. */
export type ShareWithOrganizationsParameters = z.infer<typeof shareWithOrganizationsParametersSchema>;

/** Parameters that a policy was deployed with, maybe by another version: what it does not know has its default. */
const deployedSchema = z.object({ trustedAccounts, trustedOrganizations });

/** What becomes dangerous by other parameters, a few words each; all that is named where those of before cannot be understood. */
export function newlyUntrusted(before: JsonObject, next: TrustedSharees): string[] {
  if (!looksAtNamed(next)) return [];
  const read = deployedSchema.safeParse(before);
  if (!read.success || !looksAtNamed(read.data)) return ['sharing with accounts that are not trusted'];
  const trusted = [...next.trustedAccounts, ...(next.trustedOrganizations ?? [])];
  return [...read.data.trustedAccounts, ...read.data.trustedOrganizations]
    .filter((id) => !trusted.includes(id))
    .map((id) => `sharing with ${id}`);
}
