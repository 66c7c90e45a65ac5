import * as z from 'zod/mini';
import { accountIdPattern } from '../core/finding';

/** The form of an organization's id: https://docs.aws.amazon.com/organizations/latest/APIReference/API_Organization.html */
const organizationIdPattern = /^o-[a-z0-9]{10,32}$/;

/** Accounts that a control trusts; none by default. */
export const trustedAccounts = z._default(
  z.array(z.string().check(z.regex(accountIdPattern, 'should be the twelve digits of an account id'))),
  [],
);

/** Organizations that a control trusts; none by default. */
export const trustedOrganizations = z._default(
  z.array(
    z
      .string()
      .check(z.regex(organizationIdPattern, 'should be the id of an organization, like o-exampleorgid')),
  ),
  [],
);
