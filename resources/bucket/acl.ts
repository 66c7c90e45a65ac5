import {
  either,
  fieldsOf,
  notUnderstood,
  optionalFieldsOf,
  optionalTextOf,
  pathOf,
  textOf,
  type Where,
} from '../kit/input';

/** A grant of an ACL, as S3's API writes it: https://docs.aws.amazon.com/AmazonS3/latest/API/API_Grant.html */
export type Grant = {
  Grantee: {
    Type: 'Group' | 'CanonicalUser' | 'AmazonCustomerByEmail';
    URI?: string;
    ID?: string;
    DisplayName?: string;
    EmailAddress?: string;
  };
  /** For example `READ` or `FULL_CONTROL`. */
  Permission: string;
};

/** The owner in an ACL, as S3's API writes it. */
export interface Owner {
  /** Canonical user id. */
  ID: string;
  DisplayName?: string;
}

/** The predefined groups that stand for people outside of every account: everybody, and everybody with an account. */
export const publicGroups: readonly string[] = [
  'http://acs.amazonaws.com/groups/global/AllUsers',
  'http://acs.amazonaws.com/groups/global/AuthenticatedUsers',
];

/**
 * URIs of S3's predefined groups, by the names that AWS Config uses:
 * https://docs.aws.amazon.com/AmazonS3/latest/userguide/acl-overview.html#specifying-grantee-predefined-groups
 */
const groupUris: Readonly<Record<string, string>> = {
  AllUsers: 'http://acs.amazonaws.com/groups/global/AllUsers',
  AuthenticatedUsers: 'http://acs.amazonaws.com/groups/global/AuthenticatedUsers',
  LogDelivery: 'http://acs.amazonaws.com/groups/s3/LogDelivery',
};

/** The permissions, by the names that AWS Config uses. */
const apiPermissions: ReadonlyMap<string, string> = new Map([
  ['FullControl', 'FULL_CONTROL'],
  ['Read', 'READ'],
  ['ReadAcp', 'READ_ACP'],
  ['Write', 'WRITE'],
  ['WriteAcp', 'WRITE_ACP'],
]);

/** Whether a grant lets in everybody, or everybody with an AWS account. */
export function isPublicGrant(grant: Grant): boolean {
  return grant.Grantee.URI !== undefined && publicGroups.includes(grant.Grantee.URI);
}

/** Who a grantee is, for people. */
export function nameOfGrantee({ Grantee: { URI, ID, EmailAddress } }: Grant): string {
  if (URI === groupUris.AllUsers) return 'everybody';
  if (URI === groupUris.AuthenticatedUsers) return 'everybody with an AWS account';
  return URI ?? ID ?? EmailAddress ?? 'nobody';
}

/**
 * Reads a grant. An item names a group by a bare word, and its permissions as `FullControl`; the API by URI, and as
 * `FULL_CONTROL`.
 * @throws ResourceInputError when it cannot be understood.
 */
export function readGrant(grant: unknown, where: Where): Grant {
  const fields = fieldsOf(grant, where);
  const permission = textOf(
    either(fields.Permission, fields.permission),
    () => `${pathOf(where)}.Permission`,
  );
  return {
    Grantee: readGrantee(either(fields.Grantee, fields.grantee), () => `${pathOf(where)}.Grantee`),
    Permission:
      apiPermissions.get(permission) ?? permission.replace(/(?<=[a-z])(?=[A-Z])/g, '_').toUpperCase(),
  };
}

function readGrantee(grantee: unknown, where: Where): Grant['Grantee'] {
  if (typeof grantee === 'string' && Object.hasOwn(groupUris, grantee)) {
    return { Type: 'Group', URI: textOf(groupUris[grantee], where) };
  }
  const fields = fieldsOf(grantee, where);
  const uri = optionalTextOf(fields.URI ?? fields.uri, () => `${pathOf(where)}.URI`);
  const id = optionalTextOf(fields.ID ?? fields.id, () => `${pathOf(where)}.ID`);
  const email = optionalTextOf(
    either(fields.EmailAddress, fields.emailAddress),
    () => `${pathOf(where)}.EmailAddress`,
  );
  const displayName = optionalTextOf(
    either(fields.DisplayName, fields.displayName),
    () => `${pathOf(where)}.DisplayName`,
  );
  if (uri !== undefined) return { Type: 'Group', URI: uri };
  if (id !== undefined) {
    return {
      Type: 'CanonicalUser',
      ID: id,
      ...(displayName === undefined ? {} : { DisplayName: displayName }),
    };
  }
  if (email !== undefined) return { Type: 'AmazonCustomerByEmail', EmailAddress: email };
  throw notUnderstood(where, 'a grantee with URI, ID or EmailAddress', grantee);
}

/** Reads the owner of an ACL; undefined where the input does not say. */
export function readOwner(owner: unknown): Owner | undefined {
  const fields = optionalFieldsOf(owner, 'Owner');
  const id = optionalTextOf(fields?.ID ?? fields?.id, 'Owner.ID');
  if (fields === undefined || id === undefined) return undefined;
  const displayName = optionalTextOf(either(fields.DisplayName, fields.displayName), 'Owner.DisplayName');
  return { ID: id, ...(displayName === undefined ? {} : { DisplayName: displayName }) };
}
