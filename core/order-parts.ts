import * as z from 'zod/mini';
import { accountIdPattern, type FindingIdentity, regionPattern } from './finding';

/** DynamoDB takes no text with half a surrogate pair: such an order could be written down, and never be carried out. */
export const wellFormed = z.regex(/^\P{Surrogate}*$/u);

/** What names a finding; the resource's type is no part of its key. */
export const keyOfFinding = {
  accountId: z.string().check(z.regex(accountIdPattern)),
  region: z.string().check(z.regex(regionPattern), z.maxLength(32)),
  control: z.string().check(z.minLength(1), z.maxLength(128), wellFormed),
  resourceId: z.string().check(z.minLength(1), z.maxLength(256), wellFormed),
};

/** What names a finding, with the type of its resource. */
export const identitySchema = z.object({
  ...keyOfFinding,
  resourceType: z.string().check(z.minLength(1), z.maxLength(128), wellFormed),
}) satisfies z.ZodMiniType<FindingIdentity>;

/** A UUID, in small letters: the client makes one for each order. */
export const orderKeyPattern = /^[0-9a-f]{8}(?:-[0-9a-f]{4}){3}-[0-9a-f]{12}$/;

/** What is stopped: `organization`, an account's id, or the id of an organizational unit or of the root. */
export const scopeSchema = z
  .string()
  .check(z.regex(/^(organization|\d{12}|ou-[a-z0-9]{4,32}-[a-z0-9]{8,32}|r-[a-z0-9]{4,32})$/));
