import { UnsupportedError } from '../../failures';

/** The canonical id that moto gives every bucket owner. */
const motoOwner = '75aa57f09aa0c8caeab4f8c24e99d10f8e7faeebf76c078efc7c6caea54ba06a';

const everybody = 'uri="http://acs.amazonaws.com/groups/global/AllUsers"';
const logDelivery = 'uri="http://acs.amazonaws.com/groups/s3/LogDelivery"';

/** Canned ACLs that give one grantee several permissions. https://docs.aws.amazon.com/AmazonS3/latest/userguide/acl-overview.html#canned-acl */
const cannedAcls: Readonly<Record<string, Record<string, string>>> = {
  'public-read-write': { 'x-amz-grant-read': everybody, 'x-amz-grant-write': everybody },
  'log-delivery-write': { 'x-amz-grant-read-acp': logDelivery, 'x-amz-grant-write': logDelivery },
};

/**
 * The headers of an S3 call, said so that moto keeps every grant: of a grant to several grantees, or with several
 * permissions, it shows the first alone.
 *
 * @throws UnsupportedError for one permission to several grantees in a header; an ACL document can say that.
 */
export function withSingleGrants(headers: Record<string, string>): Record<string, string> {
  for (const [name, value] of Object.entries(headers)) {
    if (name.startsWith('x-amz-grant-') && value.includes(',')) {
      throw new UnsupportedError(`moto keeps one grantee of ${name} only. Use an ACL document instead.`);
    }
  }
  const { 'x-amz-acl': canned = '', ...rest } = headers;
  const grants = Object.hasOwn(cannedAcls, canned) ? cannedAcls[canned] : undefined;
  return grants ? { ...rest, 'x-amz-grant-full-control': `id="${motoOwner}"`, ...grants } : headers;
}
