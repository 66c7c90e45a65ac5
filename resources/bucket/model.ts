import { ResourceInputError } from '../../core/errors';
import { readConfigurationItem } from '../kit/configuration-item';
import {
  decoded,
  either,
  type Fields,
  fieldsOf,
  isFields,
  listOf,
  notUnderstood,
  optionalFieldsOf,
  optionalTextOf,
  textOf,
  type Where,
} from '../kit/input';
import { type ResourcePolicy, readPolicy } from '../kit/policy/resource-policy';
import type { ConfigurationItems } from '../kit/resource-type';
import { type Grant, type Owner, readGrant, readOwner } from './acl';

/** One of S3's public access block configurations, as its API writes it. */
export type BlockSettings = {
  BlockPublicAcls: boolean;
  IgnorePublicAcls: boolean;
  BlockPublicPolicy: boolean;
  RestrictPublicBuckets: boolean;
};

/** An S3 bucket, as far as it decides who can reach it. */
export interface Bucket {
  /** Empty where the input does not say. */
  name: string;
  /** Account that owns the bucket; absent where the input does not say. */
  accountId?: string;
  policy?: ResourcePolicy;
  grants: readonly Grant[];
  owner?: Owner;
  /** The bucket's own settings; all false where it has none. */
  publicAccessBlock: BlockSettings;
  /** The account's settings; all false where it has none, or the input does not say. */
  accountPublicAccessBlock: BlockSettings;
  /** `BucketOwnerEnforced`, `BucketOwnerPreferred` or `ObjectWriter`; absent where the input does not say. */
  objectOwnership?: string;
  /** AWS's own verdict on the policy (GetBucketPolicyStatus); absent where it was not asked. */
  policyIsPublic?: boolean;
  /** Whether the bucket is set up as a website. */
  website: boolean;
  /** Parts that AWS Config did not record, so that nothing is known of them; absent where all are there. */
  unrecorded?: readonly DecidingPart[];
  /** The ACL was read while its public grants were not shown; absent where it was not. */
  aclHidden?: true;
}

/**
 * The parts of a configuration item that decide, and that AWS Config records of every bucket: of one without a policy,
 * `BucketPolicy` holds a null `policyText`. Block settings and ownership controls are left out where a bucket has none.
 * https://github.com/awslabs/aws-config-rdk/blob/master/rdk/template/example_ci/AWS_S3_Bucket.json
 */
export type DecidingPart = 'AccessControlList' | 'BucketPolicy';

/** The four settings, in AWS's order. */
export const blockSettingNames = [
  'BlockPublicAcls',
  'IgnorePublicAcls',
  'BlockPublicPolicy',
  'RestrictPublicBuckets',
] as const satisfies readonly (keyof BlockSettings)[];

/** The names under which the responses of S3's API are handed over. */
const apiFields = [
  'Name',
  'Policy',
  'Grants',
  'Owner',
  'PublicAccessBlockConfiguration',
  'AccountPublicAccessBlockConfiguration',
  'OwnershipControls',
  'PolicyStatus',
  'Website',
] as const;

/**
 * Fills the model from what S3's API answers about a bucket: `Name`, `AccountId`, `Policy` (text or object), `Grants` and
 * `Owner` (GetBucketAcl), `PublicAccessBlockConfiguration`, `AccountPublicAccessBlockConfiguration`, `OwnershipControls`,
 * `PolicyStatus`, and `Website` (GetBucketWebsite's answer, of a bucket that has one). Each may be left out.
 * @throws ResourceInputError when it cannot be understood.
 */
export function bucketFromApi(responses: unknown): Bucket {
  const fields = fieldsOf(responses, 'The bucket');
  if (!apiFields.some((name) => Object.hasOwn(fields, name))) {
    throw new ResourceInputError(
      `The bucket should have at least one of ${apiFields.join(', ')}, and has none.`,
    );
  }
  return readBucket(fields, {
    name: optionalTextOf(fields.Name, 'Name') ?? '',
    accountId: optionalTextOf(fields.AccountId, 'AccountId'),
    policy: decoded(fields.Policy) ? fields.Policy : undefined,
    grants: listOf(fields.Grants, 'Grants'),
    owner: fields.Owner,
    policyIsPublic: readFlag(
      optionalFieldsOf(fields.PolicyStatus, 'PolicyStatus')?.IsPublic,
      'PolicyStatus.IsPublic',
    ),
    website: hasContent(fields.Website),
  });
}

/**
 * Fills the model from a configuration item of AWS Config, in any of its forms:
 * https://github.com/awslabs/aws-config-resource-schema/blob/master/config/properties/resource-types/AWS::S3::Bucket.properties.json
 * The item holds neither the account's settings nor AWS's own verdict.
 * @throws ResourceInputError when it cannot be understood.
 */
export function bucketFromConfigurationItem(item: unknown): Bucket {
  const fields = readConfigurationItem(item, 'AWS::S3::Bucket');
  const configuration =
    optionalFieldsOf(either(fields.Configuration, fields.configuration), 'configuration') ?? {};
  const supplement = fieldsOf(
    either(fields.SupplementaryConfiguration, fields.supplementaryConfiguration),
    'supplementaryConfiguration',
  );
  const acl = optionalFieldsOf(supplement.AccessControlList, 'AccessControlList') ?? {};
  const policy = optionalFieldsOf(supplement.BucketPolicy, 'BucketPolicy')?.policyText;
  const unrecorded: DecidingPart[] = [
    ...((acl.grantList ?? acl.grantSet ?? null) === null ? (['AccessControlList'] as const) : []),
    ...(policy === undefined ? (['BucketPolicy'] as const) : []),
  ];
  const bucket = readBucket(supplement, {
    name: textOf(
      configuration.name ??
        either(fields.ResourceName, fields.resourceName) ??
        either(fields.ResourceId, fields.resourceId),
      'resourceName',
    ),
    accountId: optionalTextOf(fields.awsAccountId ?? fields.accountId, 'awsAccountId'),
    policy: policy === null || policy === '' ? undefined : policy,
    grants: [
      ...listOf(acl.grantList, 'AccessControlList.grantList'),
      ...listOf(acl.grantSet, 'AccessControlList.grantSet'),
    ],
    owner: acl.owner,
    policyIsPublic: undefined,
    website: hasContent(supplement.BucketWebsiteConfiguration),
  });
  return { ...bucket, ...(unrecorded.length === 0 ? {} : { unrecorded }) };
}

/**
 * Buckets as AWS Config records them. It names what changed as in `SupplementaryConfiguration.BucketPolicy.PolicyText`:
 * https://repost.aws/knowledge-center/config-configurationitemdiff
 */
export const bucketItems: ConfigurationItems<Bucket> = {
  fromConfigurationItem: bucketFromConfigurationItem,
  relevantChanges: [
    'SupplementaryConfiguration.AccessControlList',
    'SupplementaryConfiguration.BucketPolicy',
    'SupplementaryConfiguration.PublicAccessBlockConfiguration',
    'SupplementaryConfiguration.OwnershipControls',
    'SupplementaryConfiguration.BucketOwnershipControls',
  ],
};

/**
 * The block settings of an account, as S3's API answers them or AWS Config records them.
 * @param settings null or undefined where the account has none
 * @throws ResourceInputError when they cannot be understood.
 */
export function accountBlockSettings(settings: unknown): BlockSettings {
  return readSettings(settings, 'The public access block of the account');
}

interface BucketParts {
  name: string;
  accountId: string | undefined;
  policy: unknown;
  grants: readonly unknown[];
  owner: unknown;
  policyIsPublic: boolean | undefined;
  website: boolean;
}

function readBucket(fields: Fields, parts: BucketParts): Bucket {
  const { name, accountId, policyIsPublic, website } = parts;
  const owner = readOwner(parts.owner);
  const objectOwnership = readOwnership(fields.OwnershipControls ?? fields.BucketOwnershipControls);
  return {
    name,
    ...(accountId === undefined ? {} : { accountId }),
    ...(parts.policy === undefined ? {} : { policy: readPolicy(parts.policy, 'Policy') }),
    grants: parts.grants.map((grant, index) => readGrant(grant, () => `Grants[${index}]`)),
    ...(owner === undefined ? {} : { owner }),
    publicAccessBlock: readSettings(fields.PublicAccessBlockConfiguration, 'PublicAccessBlockConfiguration'),
    accountPublicAccessBlock: readSettings(
      fields.AccountPublicAccessBlockConfiguration,
      'AccountPublicAccessBlockConfiguration',
    ),
    ...(objectOwnership === undefined ? {} : { objectOwnership }),
    ...(policyIsPublic === undefined ? {} : { policyIsPublic }),
    website,
  };
}

const none: BlockSettings = {
  BlockPublicAcls: false,
  IgnorePublicAcls: false,
  BlockPublicPolicy: false,
  RestrictPublicBuckets: false,
};

function readSettings(settings: unknown, where: string): BlockSettings {
  const fields = optionalFieldsOf(settings, where);
  if (fields === undefined) return { ...none };
  const read = (name: keyof BlockSettings, value: unknown) =>
    readFlag(value, () => `${where}.${name}`) ?? false;
  return {
    BlockPublicAcls: read('BlockPublicAcls', either(fields.BlockPublicAcls, fields.blockPublicAcls)),
    IgnorePublicAcls: read('IgnorePublicAcls', either(fields.IgnorePublicAcls, fields.ignorePublicAcls)),
    BlockPublicPolicy: read('BlockPublicPolicy', either(fields.BlockPublicPolicy, fields.blockPublicPolicy)),
    RestrictPublicBuckets: read(
      'RestrictPublicBuckets',
      either(fields.RestrictPublicBuckets, fields.restrictPublicBuckets),
    ),
  };
}

function readOwnership(controls: unknown): string | undefined {
  const fields = optionalFieldsOf(controls, 'OwnershipControls');
  const [rule] =
    fields === undefined ? [] : listOf(either(fields.Rules, fields.rules), 'OwnershipControls.Rules');
  const ruleFields = optionalFieldsOf(rule, 'OwnershipControls.Rules[0]');
  return (
    ruleFields &&
    optionalTextOf(
      either(ruleFields.ObjectOwnership, ruleFields.objectOwnership),
      'OwnershipControls.Rules[0].ObjectOwnership',
    )
  );
}

function readFlag(value: unknown, where: Where): boolean | undefined {
  if (value === undefined || value === null) return undefined;
  if (value === true || value === 'true') return true;
  if (value === false || value === 'false') return false;
  throw notUnderstood(where, 'true or false', value);
}

function hasContent(value: unknown): boolean {
  const read = decoded(value);
  if (isFields(read)) return Object.values(read).some((part) => part !== null && part !== undefined);
  return read !== undefined && read !== null && read !== '';
}
