import { couldMatch } from './kit/id-form';
import {
  anyCharacters,
  bucketNameForm,
  bucketNameInstead,
  groupIdForm,
  groupIdInstead,
} from './kit/id-proposals';

/**
 * The resource types that Staunch can fix. One remediation function exists for each; its name, its bundle and its
 * permissions follow from this table.
 */
export const resourceTypes = {
  'AWS::EC2::SecurityGroup': {
    /** Names the remediation function and its source folder under `hub-functions/remediation/`. */
    slug: 'security-group',
    /**
     * What an id of this type looks like. An id ends up in session policies, where `*`, `?` and `$` would widen what a
     * session may touch, so anything else is refused.
     */
    idPattern: /^sg-[0-9a-f]{8,17}$/,
    /** The same, for telling whether a pattern can mean an id. */
    idForm: groupIdForm,
    /** Says for people what would be right in place of a text that can be no id of this type. */
    idInstead: groupIdInstead,
    /** Where the resource lies, for session policies and reports. */
    arn: (accountId: string, region: string, resourceId: string): string =>
      `arn:aws:ec2:${region}:${accountId}:security-group/${resourceId}`,
  },
  'AWS::S3::Bucket': {
    slug: 'bucket',
    /**
     * The characters of a bucket's name; old ones in us-east-1 may have capitals, underscores and up to 255 characters:
     * https://docs.aws.amazon.com/AmazonS3/latest/userguide/bucketnamingrules.html
     */
    idPattern: /^[A-Za-z0-9][A-Za-z0-9._-]{1,253}[A-Za-z0-9]$/,
    idForm: bucketNameForm,
    idInstead: bucketNameInstead,
    arn: (_accountId: string, _region: string, resourceId: string): string => `arn:aws:s3:::${resourceId}`,
  },
} as const;

/** The CloudFormation and AWS Config name of a resource type that Staunch can fix. */
export type FixableResourceType = keyof typeof resourceTypes;

/** Whether `value` names a resource type that Staunch can fix. */
export function isFixableResourceType(value: string): value is FixableResourceType {
  return Object.hasOwn(resourceTypes, value);
}

/** Whether `id` can be the id of a resource of this type; anything else is not looked up, and never reaches a policy. */
export function isResourceId(type: FixableResourceType, id: string): boolean {
  return resourceTypes[type].idPattern.test(id);
}

/** What would be right in place of a text that is no id of a resource of this type, for people. */
export function idInstead(type: FixableResourceType, text: string): string {
  return resourceTypes[type].idInstead(text).replace(`; ${anyCharacters}`, '');
}

/**
 * Why a pattern never means a resource of this type, with what would be right; undefined when it can mean one. A text
 * that is in whole the id of another type, as a security group's in a bucket's place, is taken for a mistake.
 * @param pattern `*` stands for any characters, everything else for itself
 */
export function unmatchable(type: FixableResourceType, pattern: string): string | undefined {
  const { idForm, idInstead: instead } = resourceTypes[type];
  const isGroup = type !== 'AWS::EC2::SecurityGroup' && isResourceId('AWS::EC2::SecurityGroup', pattern);
  return couldMatch(pattern, idForm) && !isGroup ? undefined : instead(pattern);
}
