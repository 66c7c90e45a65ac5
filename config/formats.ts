/**
 * Formats of the ids that AWS Organizations gives out:
 * https://docs.aws.amazon.com/organizations/latest/APIReference/API_Organization.html
 * https://docs.aws.amazon.com/organizations/latest/APIReference/API_Root.html
 * https://docs.aws.amazon.com/organizations/latest/APIReference/API_OrganizationalUnit.html
 */
export const organizationIdPattern = /^o-[a-z0-9]{10,32}$/;
/** `r-` and 4 to 32 characters. */
export const rootIdPattern = /^r-[0-9a-z]{4,32}$/;
/** `ou-`, the root's characters, and 8 to 32 of the organizational unit's own. */
export const organizationalUnitIdPattern = /^ou-[0-9a-z]{4,32}-[a-z0-9]{8,32}$/;

/** Whether `value` is an id that accounts can lie under: an organizational unit's, or the root's. */
export function isParentId(value: string): boolean {
  return organizationalUnitIdPattern.test(value) || rootIdPattern.test(value);
}

/** The part of a root's or organizational unit's id that is the same in all of one organization: `abcd` in `ou-abcd-11112222`. */
export function rootPartOf(parentId: string): string {
  return parentId.split('-')[1] ?? '';
}
