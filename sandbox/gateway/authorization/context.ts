import { UnsupportedError } from '../../failures';

/** Stands for the values of a condition key that AWS would find in the request, and the sandbox cannot. */
export const unknownValues = Symbol('unknown values');

/** Condition keys of a request, names in lower case. */
export type RequestContext = Readonly<Record<string, string | readonly string[] | typeof unknownValues>>;

/**
 * Condition keys whose values the sandbox knows, or knows to be absent from every request that it carries: nobody in
 * it signs in with multi-factor authentication or comes through a VPC endpoint. A policy that uses any other key cannot
 * be decided here, and must not be decided wrongly: `aws:CurrentTime`, `aws:EpochTime` and `aws:UserAgent` are in every
 * request of AWS's.
 *
 * https://docs.aws.amazon.com/IAM/latest/UserGuide/reference_policies_condition-keys.html
 */
const knownKeys = new Set([
  'aws:calledvia',
  'aws:calledviafirst',
  'aws:calledvialast',
  'aws:ec2instancesourcevpc',
  'aws:federatedprovider',
  'aws:multifactorauthage',
  'aws:multifactorauthpresent',
  'aws:principalaccount',
  'aws:principalarn',
  'aws:principalisawsservice',
  'aws:principalorgid',
  'aws:principalorgpaths',
  'aws:principalservicename',
  'aws:principalservicenameslist',
  'aws:principaltype',
  'aws:referer',
  'aws:requestedregion',
  'aws:resourceaccount',
  'aws:resourceorgid',
  'aws:securetransport',
  'aws:sourceaccount',
  'aws:sourcearn',
  'aws:sourceidentity',
  'aws:sourceip',
  'aws:sourceorgid',
  'aws:sourceowner',
  'aws:sourcevpc',
  'aws:sourcevpcarn',
  'aws:sourcevpce',
  'aws:userid',
  'aws:username',
  'aws:viaawsservice',
  'dynamodb:leadingkeys',
  'ec2:createaction',
  'ec2:securitygroupid',
  'events:creatoraccount',
  'events:detail-type',
  'events:source',
  'kms:bypasspolicylockoutsafetycheck',
  'kms:calleraccount',
  'kms:encryptioncontextkeys',
  'kms:grantisforawsresource',
  'kms:viaservice',
  'lambda:functionarn',
  's3:dataaccesspointaccount',
  's3:dataaccesspointarn',
  's3:dataaccesspointnetworkorigin',
  's3:prefix',
  's3:resourceaccount',
  's3:x-amz-acl',
  'secretsmanager:blockpublicpolicy',
  'secretsmanager:secretid',
  'secretsmanager:versionid',
  'secretsmanager:versionstage',
  'sns:endpoint',
  'sns:protocol',
  'sts:externalid',
  'sts:rolesessionname',
  'sts:sourceidentity',
  'sts:transitivetagkeys',
]);

/** Keys that AWS sends wherever it sends another one, by that one. */
const sentWith: Readonly<Record<string, string>> = { 'aws:principalorgpaths': 'aws:principalorgid' };

/**
 * Families of keys that end in a name, and that no request of the sandbox carries unless its context says so. A family's own
 * name in a context, with `unknownValues`, says that the request may carry any of them.
 */
const knownFamilies = ['aws:principaltag/', 'aws:requesttag/', 'kms:encryptioncontext:'];

/**
 * The values that a request carries for a condition key, or undefined where it carries none.
 * @throws UnsupportedError for a key that the sandbox does not know, or whose values in this request it cannot find.
 */
export function valuesOf(context: RequestContext, key: string): readonly string[] | undefined {
  const name = key.toLowerCase();
  const value = Object.hasOwn(context, name) ? context[name] : undefined;
  const companion = sentWith[name];
  const family = knownFamilies.find((beginning) => name.startsWith(beginning));
  const isSent =
    value === undefined &&
    ((companion !== undefined && context[companion] !== undefined) ||
      (family !== undefined && context[family] === unknownValues));
  if (value === unknownValues || isSent) {
    throw new UnsupportedError(
      `A policy uses the condition key ${key}, and the sandbox cannot find its values in this request. Teach it to sandbox/gateway.`,
    );
  }
  if (value !== undefined) return typeof value === 'string' ? [value] : value;
  if (!knownKeys.has(name) && family === undefined) {
    throw new UnsupportedError(
      `A policy uses the condition key ${key}, which the sandbox does not know. Teach it to sandbox/gateway.`,
    );
  }
  return undefined;
}
