import type {
  Grant,
  ObjectOwnership,
  PublicAccessBlockConfiguration,
  Tag,
  WebsiteConfiguration,
} from '@aws-sdk/client-s3';

/** A bucket as it really is, whatever S3 shows of it. */
export interface BucketState {
  accountId: string;
  region: string;
  grants: Grant[];
  policy?: string | undefined;
  block?: PublicAccessBlockConfiguration | undefined;
  ownership?: ObjectOwnership | undefined;
  website?: WebsiteConfiguration | undefined;
  tags?: Tag[] | undefined;
}

/** The canonical user of an account. */
export function ownerOf(accountId: string): { ID: string } {
  return { ID: accountId.padStart(64, 'c') };
}

/** The grant that a new bucket has. */
export function ownGrant(accountId: string): Grant {
  return { Grantee: { Type: 'CanonicalUser', ...ownerOf(accountId) }, Permission: 'FULL_CONTROL' };
}

/** Whether a grant is one for everybody, or for everybody with an AWS account. */
export function isPublic({ Grantee }: Grant): boolean {
  return /\/groups\/global\/(AllUsers|AuthenticatedUsers)$/.test(Grantee?.URI ?? '');
}
