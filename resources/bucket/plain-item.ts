import { type Fields, isFields, isText } from '../kit/input';
import { isAbsent, isOptionalText, isPlainItem } from '../kit/plain-item';
import { type Grant, readGrant } from './acl';

/** What decides about a bucket, as far as its own settings go. */
export interface OpenParts {
  /** The grants of its ACL to anybody outside of every account; none where the ACL does not count. */
  publicGrants: readonly Grant[];
  /** The text of its policy; undefined where it has none. */
  policyText: string | undefined;
  /** Whether a policy can let everybody in. */
  policyCounts: boolean;
}

/**
 * A short look at a configuration item in the form in which a rule receives it.
 * @returns undefined where it takes the model to tell: the item has another form, a part that decides was not recorded, or
 *   something of it cannot be understood
 */
export function openPartsOf(item: unknown): OpenParts | undefined {
  if (!isPlainItem(item, 'AWS::S3::Bucket')) return undefined;
  const { supplementaryConfiguration: parts, configuration } = item;
  if (!isFields(parts) || !isFields(configuration) || !isText(configuration.name)) return undefined;
  if (!isOptionalText(item.awsAccountId) || !isAbsent(item.accountId)) return undefined;
  const policy = parts.BucketPolicy;
  if (!isFields(policy) || (policy.policyText !== null && typeof policy.policyText !== 'string'))
    return undefined;
  const settings = parts.PublicAccessBlockConfiguration;
  const ownership = ownershipIn(parts);
  if (!areSettings(settings) || ownership === undefined) return undefined;
  if (!isAbsent(parts.AccountPublicAccessBlockConfiguration)) return undefined;
  const { ignorePublicAcls, restrictPublicBuckets } = settings ?? {};
  const publicGrants = publicGrantsIn(parts.AccessControlList);
  if (publicGrants === undefined) return undefined;
  const aclCounts = ignorePublicAcls !== true && ownership !== 'BucketOwnerEnforced';
  return {
    publicGrants: aclCounts ? publicGrants : [],
    policyText: policy.policyText || undefined,
    policyCounts: restrictPublicBuckets !== true,
  };
}

/** Undefined where it takes the model to tell. */
function publicGrantsIn(text: unknown): Grant[] | undefined {
  const acl = parsed(text);
  if (!isFields(acl) || !Array.isArray(acl.grantList) || !isAbsent(acl.grantSet)) return undefined;
  if (!isNamed(acl.owner)) return undefined;
  const found: Grant[] = [];
  for (const grant of acl.grantList as unknown[]) {
    if (!isFields(grant) || grant.Grantee !== undefined || grant.Permission !== undefined) return undefined;
    const { grantee, permission } = grant;
    if (!isText(permission)) return undefined;
    if (grantee === 'AllUsers' || grantee === 'AuthenticatedUsers') found.push(readGrant(grant, 'Grants'));
    else if (grantee !== 'LogDelivery' && !isNamed(grantee)) return undefined;
  }
  return found;
}

/** Whether it names somebody by canonical user id, and by nothing else. */
function isNamed(somebody: unknown): boolean {
  return (
    isFields(somebody) &&
    isText(somebody.id) &&
    somebody.URI === undefined &&
    somebody.uri === undefined &&
    somebody.ID === undefined &&
    somebody.DisplayName === undefined &&
    somebody.EmailAddress === undefined &&
    somebody.emailAddress === undefined &&
    isOptionalText(somebody.displayName)
  );
}

function areSettings(settings: unknown): settings is Fields | undefined | null {
  if (isAbsent(settings)) return true;
  return (
    isFields(settings) &&
    settings.BlockPublicAcls === undefined &&
    settings.IgnorePublicAcls === undefined &&
    settings.BlockPublicPolicy === undefined &&
    settings.RestrictPublicBuckets === undefined &&
    isOptionalFlag(settings.blockPublicAcls) &&
    isOptionalFlag(settings.ignorePublicAcls) &&
    isOptionalFlag(settings.blockPublicPolicy) &&
    isOptionalFlag(settings.restrictPublicBuckets)
  );
}

/** The object ownership, null where the item holds none; undefined where it takes the model to tell. */
function ownershipIn({ OwnershipControls, BucketOwnershipControls }: Fields): string | null | undefined {
  if (!isAbsent(BucketOwnershipControls)) return undefined;
  if (isAbsent(OwnershipControls)) return null;
  if (!isFields(OwnershipControls) || OwnershipControls.Rules !== undefined) return undefined;
  const { rules } = OwnershipControls;
  const [rule] = Array.isArray(rules) ? (rules as unknown[]) : [];
  if (!isFields(rule) || rule.ObjectOwnership !== undefined || !isText(rule.objectOwnership))
    return undefined;
  return rule.objectOwnership;
}

/** What the JSON text of an object says; undefined of anything else. */
function parsed(text: unknown): unknown {
  if (typeof text !== 'string' || !text.startsWith('{')) return undefined;
  try {
    return JSON.parse(text);
  } catch {
    return undefined;
  }
}

function isOptionalFlag(value: unknown): boolean {
  return isAbsent(value) || typeof value === 'boolean';
}
