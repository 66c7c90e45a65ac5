import { amiFacts } from './ami/facts';
import { bucketFacts } from './bucket/facts';
import { snapshotFacts } from './ebs-snapshot/facts';
import { keyFacts } from './key/facts';
import { anyCharacters, couldMatch, startOf } from './kit/id-form';
import type { ResourcePlace } from './kit/resource-place';
import type { ResourceFacts } from './kit/resource-type';
import { queueFacts } from './queue/facts';
import { rdsClusterSnapshotFacts } from './rds-cluster-snapshot/facts';
import { rdsSnapshotFacts } from './rds-snapshot/facts';
import { repositoryFacts } from './repository/facts';
import { secretFacts } from './secret/facts';
import { securityGroupFacts } from './security-group/facts';
import { documentFacts } from './ssm-document/facts';
import { topicFacts } from './topic/facts';

/**
 * The resource types that Staunch can fix, by AWS's names of them. One remediation function exists for each; its name, its
 * bundle and its permissions follow from this table. Who only needs this bundles no code that reads strangers' rules and policies.
 */
export const resourceTypes = {
  'AWS::EC2::SecurityGroup': securityGroupFacts,
  'AWS::S3::Bucket': bucketFacts,
  'AWS::SQS::Queue': queueFacts,
  'AWS::EC2::Snapshot': snapshotFacts,
  'AWS::EC2::Image': amiFacts,
  'AWS::RDS::DBSnapshot': rdsSnapshotFacts,
  'AWS::RDS::DBClusterSnapshot': rdsClusterSnapshotFacts,
  'AWS::SSM::Document': documentFacts,
  'AWS::SNS::Topic': topicFacts,
  'AWS::ECR::Repository': repositoryFacts,
  'AWS::SecretsManager::Secret': secretFacts,
  'AWS::KMS::Key': keyFacts,
} as const satisfies Readonly<Record<string, ResourceFacts>>;

/** The CloudFormation and AWS Config name of a resource type that Staunch can fix. */
export type FixableResourceType = keyof typeof resourceTypes;

/** Whether `value` names a resource type that Staunch can fix. */
export function isFixableResourceType(value: string): value is FixableResourceType {
  return Object.hasOwn(resourceTypes, value);
}

/** What is known of a type. */
export function factsOf(type: FixableResourceType): ResourceFacts {
  return resourceTypes[type];
}

/**
 * Whether `id` can be the id of a resource of this type; anything else is not looked up, and never reaches a policy.
 * @param place where the resource is said to lie, for ids that say it themselves
 */
export function isResourceId(type: FixableResourceType, id: string, place?: ResourcePlace): boolean {
  const { ids } = factsOf(type);
  return ids.pattern.test(id) && (place === undefined || ids.isAt?.(id, place) !== false);
}

/** What would be right in place of a text that is no id of a resource of this type, for people. */
export function idInstead(type: FixableResourceType, text: string): string {
  return instead(type, text).replace(`; ${anyCharacters}`, '');
}

/**
 * Why a pattern never means a resource of this type, with what would be right; undefined when it can mean one. A text
 * that is in whole the unmistakable id of another type, as a security group's in a bucket's place, is taken for a mistake.
 * @param pattern `*` stands for any characters, everything else for itself
 */
export function unmatchable(type: FixableResourceType, pattern: string): string | undefined {
  const { form } = factsOf(type).ids;
  const isAnothers =
    startOf(form) === '' &&
    othersThan(type).some(({ ids }) => startOf(ids.form) !== '' && ids.pattern.test(pattern));
  return couldMatch(pattern, form) && !isAnothers ? undefined : instead(type, pattern);
}

function instead(type: FixableResourceType, text: string): string {
  const { ids } = factsOf(type);
  const meant = othersThan(type).find((other) => other.ids.isNamedBy(text));
  return meant ? `this is ${meant.ids.noun}, where ${ids.idNoun} is meant.` : ids.instead(text);
}

function othersThan(type: FixableResourceType): ResourceFacts[] {
  return Object.values<ResourceFacts>(resourceTypes).filter((other) => other.type !== type);
}
