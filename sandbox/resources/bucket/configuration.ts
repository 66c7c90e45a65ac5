import type {
  GetBucketAclOutput,
  GetBucketTaggingOutput,
  GetBucketVersioningOutput,
  GetBucketWebsiteOutput,
  Grantee,
  OwnershipControls,
  PublicAccessBlockConfiguration,
} from '@aws-sdk/client-s3';
import type { Json, JsonObject } from '../../../core/json';

/*
 * The parts of a bucket's `supplementaryConfiguration`. Shapes follow recorded items:
 * https://github.com/awslabs/aws-config-rdk/blob/master/rdk/template/example_ci/AWS_S3_Bucket.json
 * https://github.com/awslabs/aws-config-resource-schema/blob/master/config/properties/resource-types/AWS::S3::Bucket.properties.json
 */

/** AWS Config's names of the permissions that S3 calls `FULL_CONTROL` and so on. */
const permissions: Readonly<Record<string, string>> = {
  FULL_CONTROL: 'FullControl',
  READ: 'Read',
  WRITE: 'Write',
  READ_ACP: 'ReadAcp',
  WRITE_ACP: 'WriteAcp',
};

/** AWS Config's names of the groups: bare strings in the place of a grantee. */
const groups: Readonly<Record<string, string>> = {
  'http://acs.amazonaws.com/groups/global/AllUsers': 'AllUsers',
  'http://acs.amazonaws.com/groups/global/AuthenticatedUsers': 'AuthenticatedUsers',
  'http://acs.amazonaws.com/groups/s3/LogDelivery': 'LogDelivery',
};

/** `AccessControlList`: JSON text, unlike the other parts. */
export function accessControlList(acl: GetBucketAclOutput): string {
  return JSON.stringify({
    grantSet: null,
    grantList: (acl.Grants ?? []).map(({ Grantee, Permission = '' }) => ({
      grantee: granteeOf(Grantee),
      permission: permissions[Permission] ?? Permission,
    })),
    owner: { displayName: null, id: acl.Owner?.ID ?? null },
    isRequesterCharged: false,
  });
}

function granteeOf(grantee: Grantee | undefined): Json {
  if (grantee?.URI !== undefined) return groups[grantee.URI] ?? grantee.URI;
  return { id: grantee?.ID ?? null, displayName: null };
}

/** The owner that stands in the ACL. */
export function ownerIn(supplementaryConfiguration: JsonObject): JsonObject {
  const text = supplementaryConfiguration.AccessControlList;
  const acl = typeof text === 'string' ? (JSON.parse(text) as { owner?: JsonObject }) : {};
  return acl.owner ?? { displayName: null, id: null };
}

/** `PublicAccessBlockConfiguration` of a bucket; also the configuration of an account's own block. */
export function publicAccessBlockConfiguration(block: PublicAccessBlockConfiguration): JsonObject {
  return {
    blockPublicAcls: block.BlockPublicAcls ?? false,
    ignorePublicAcls: block.IgnorePublicAcls ?? false,
    blockPublicPolicy: block.BlockPublicPolicy ?? false,
    restrictPublicBuckets: block.RestrictPublicBuckets ?? false,
  };
}

/** `OwnershipControls` of a bucket. */
export function ownershipControls(controls: OwnershipControls): JsonObject {
  return {
    rules: (controls.Rules ?? []).map(({ ObjectOwnership }) => ({
      objectOwnership: ObjectOwnership ?? null,
    })),
  };
}

/** `BucketVersioningConfiguration`; a bucket that never had versioning is `Off`. */
export function versioningConfiguration(versioning: GetBucketVersioningOutput): JsonObject {
  return { status: versioning.Status ?? 'Off', isMfaDeleteEnabled: null };
}

/** `BucketWebsiteConfiguration` of a bucket that serves a website. */
export function websiteConfiguration(website: GetBucketWebsiteOutput): JsonObject {
  const redirect = website.RedirectAllRequestsTo;
  return {
    indexDocumentSuffix: website.IndexDocument?.Suffix ?? null,
    errorDocument: website.ErrorDocument?.Key ?? null,
    redirectAllRequestsTo: redirect
      ? { hostName: redirect.HostName ?? null, protocol: redirect.Protocol ?? null }
      : null,
    routingRules: (website.RoutingRules ?? []).map(({ Condition, Redirect }) => ({
      condition: {
        httpErrorCodeReturnedEquals: Condition?.HttpErrorCodeReturnedEquals ?? null,
        keyPrefixEquals: Condition?.KeyPrefixEquals ?? null,
      },
      redirect: {
        hostName: Redirect?.HostName ?? null,
        httpRedirectCode: Redirect?.HttpRedirectCode ?? null,
        protocol: Redirect?.Protocol ?? null,
        replaceKeyPrefixWith: Redirect?.ReplaceKeyPrefixWith ?? null,
        replaceKeyWith: Redirect?.ReplaceKeyWith ?? null,
      },
    })),
  };
}

/** `BucketTaggingConfiguration` of a bucket that has tags. */
export function taggingConfiguration(tagging: GetBucketTaggingOutput): JsonObject {
  const tags = (tagging.TagSet ?? []).map(({ Key = '', Value = '' }) => [Key, Value] as const);
  return { tagSets: [{ tags: Object.fromEntries(tags) }] };
}

/** The tags that stand in `BucketTaggingConfiguration`, as the item's own `tags`. */
export function tagsIn(supplementaryConfiguration: JsonObject): Record<string, string> {
  const tagging = supplementaryConfiguration.BucketTaggingConfiguration as
    | { tagSets: { tags: Record<string, string> }[] }
    | undefined;
  return { ...tagging?.tagSets[0]?.tags };
}
