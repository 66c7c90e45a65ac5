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

/** The path of the root itself. */
export const rootPath = '/';

/**
 * How the policy names an organizational unit: by its id, or by the names from the root down to it, `/Workloads/Prod`; the root by its
 * id or as `/`. A name with a slash or a space at an end cannot stand in a path.
 */
export const unitKeyPattern =
  /^(?:\/|(?:\/[^/\s](?:[^/]*[^/\s])?)+|r-[0-9a-z]{4,32}|ou-[0-9a-z]{4,32}-[a-z0-9]{8,32})$/;

/**
 * How the policy names an account: by its id, or by its name. A name is 1 to 50 printable characters:
 * https://docs.aws.amazon.com/organizations/latest/APIReference/API_CreateAccount.html
 * Digits alone are never taken for a name, so that a mistyped id names nobody.
 */
export const accountKeyPattern = /^(?:[0-9]{12}|(?![0-9]+$)(?! )[ -~]{1,50}(?<! ))$/;

/** How the policy names what is deployed to: an organizational unit as `unitKeyPattern` has it, or an account by its id. */
export const targetPattern = new RegExp(`${unitKeyPattern.source}|^[0-9]{12}$`);

/** An id that accounts can lie under: an organizational unit's, or the root's. */
export const parentIdPattern = /^(?:r-[0-9a-z]{4,32}|ou-[0-9a-z]{4,32}-[a-z0-9]{8,32})$/;

/** Whether `value` is an id that accounts can lie under. */
export function isParentId(value: string): boolean {
  return parentIdPattern.test(value);
}

/** Whether a unit's key, as `unitKeyPattern` has it, is a path of names; the root's `/` is one, too. */
export function isUnitPath(key: string): boolean {
  return key.startsWith(rootPath);
}

/** The part of a root's or organizational unit's id that is the same in all of one organization: `abcd` in `ou-abcd-11112222`. */
export function rootPartOf(parentId: string): string {
  return parentId.split('-')[1] ?? '';
}

/**
 * A name that a bucket can be created under:
 * https://docs.aws.amazon.com/AmazonS3/latest/userguide/bucketnamingrules.html
 * Names that begin with xn--, sthree- or amzn-s3-demo-, or end with -s3alias, --ol-s3, .mrap, --x-s3, --table-s3 or -an, are AWS's
 * own; names that look like an IPv4 address, and dots beside dots or hyphens, are refused.
 */
export const newBucketNamePattern = new RegExp(
  [
    '^(?!xn--|sthree-|amzn-s3-demo-)',
    '(?![0-9]+(?:\\.[0-9]+){3}$)',
    '(?!.*(?:-s3alias|--ol-s3|\\.mrap|--x-s3|--table-s3|-an)$)',
    '(?!.*(?:\\.[.-]|-\\.))',
    '[a-z0-9][a-z0-9.-]{1,61}[a-z0-9]$',
  ].join(''),
);

/** An e-mail address, or a URL of the scheme https without a user or password. */
export const alarmSubscriberPattern =
  /^(?:https:\/\/[^\s/?#@]+(?:[/?#]\S*)?|[A-Za-z0-9.!#$%&'*+/=?^_`{|}~-]{1,64}@(?:[A-Za-z0-9](?:[A-Za-z0-9-]{0,61}[A-Za-z0-9])?\.)+[A-Za-z]{2,63})$/;
