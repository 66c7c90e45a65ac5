import { policyIsPublic } from '../services/s3/policy-is-public';
import type { AccessRequest, Decision, Principal } from './api';
import type { RequestContext } from './authorization/context';
import { decide } from './authorization/decide';
import { parsePolicyOnce } from './authorization/policy-cache';
import type { Learned } from './learned';

/** Decides requests from what the gateway learned. */
export class Access {
  constructor(private readonly learned: Learned) {}

  /** @throws UnsupportedError when a condition that matters is not known to the sandbox. */
  decide(request: AccessRequest): Decision {
    const { principal, resource } = request;
    const resourcePolicy = this.resourcePolicyFor(request);
    return decide({
      request: { ...request, context: { ...this.contextOf(request), ...request.context } },
      identityPolicies:
        principal.kind === 'account'
          ? 'administrator'
          : this.learned.roles
              .identityPolicies(principal.roleArn ?? '')
              .map((policy) => parsePolicyOnce(policy, 'identity')),
      ...(principal.sessionPolicy !== undefined && {
        sessionPolicy: parsePolicyOnce(principal.sessionPolicy, 'session'),
      }),
      ...(resourcePolicy !== undefined && {
        resourcePolicy: parsePolicyOnce(
          resourcePolicy,
          request.action === 'sts:AssumeRole' ? 'trust' : 'resource',
        ),
      }),
      resourcePolicyRequired: request.action === 'sts:AssumeRole' || resource.startsWith('arn:aws:kms:'),
    });
  }

  /** A role's trust policy, or the policy of the resource or of what holds it: the bucket, the table, the function. */
  private resourcePolicyFor({ action, resource, principal }: AccessRequest): string | undefined {
    if (action === 'sts:AssumeRole') return this.learned.roles.withArn(resource)?.trustPolicy;
    const { resourcePolicies } = this.learned;
    const policy = resourcePolicies.get(resource) ?? resourcePolicies.get(holderOf(resource));
    return policy !== undefined && this.isRestricted(resource, policy, principal) ? undefined : policy;
  }

  /**
   * Whether RestrictPublicBuckets keeps a caller of another account from a bucket with a public policy.
   * https://docs.aws.amazon.com/AmazonS3/latest/userguide/access-control-block-public-access.html
   */
  private isRestricted(resource: string, policy: string, principal: Principal): boolean {
    if (!resource.startsWith('arn:aws:s3:::') || principal.kind === 'service') return false;
    const bucketName = holderOf(resource).slice('arn:aws:s3:::'.length);
    const { buckets } = this.learned;
    return (
      buckets.byName.get(bucketName)?.ownerAccountId !== principal.accountId &&
      buckets.effectiveBlock(bucketName).restrictPublicBuckets &&
      policyIsPublic(policy)
    );
  }

  /**
   * The condition keys that follow from the caller and the resource.
   * https://docs.aws.amazon.com/IAM/latest/UserGuide/reference_policies_condition-keys.html
   */
  private contextOf({ principal, resourceAccountId, context }: AccessRequest): RequestContext {
    const { organization } = this.learned;
    const resourceOrganization = organization.idFor(resourceAccountId);
    return {
      // The sandbox's plain HTTP never leaves the machine; it stands for the TLS of AWS's endpoints.
      'aws:securetransport': 'true',
      'aws:viaawsservice': 'false',
      ...(resourceAccountId && {
        'aws:resourceaccount': resourceAccountId,
        's3:resourceaccount': resourceAccountId,
      }),
      ...(resourceOrganization && { 'aws:resourceorgid': resourceOrganization }),
      ...(principal.kind === 'service'
        ? serviceContext(principal, organization.idFor(String(context['aws:sourceaccount'] ?? '')))
        : callerContext(principal, organization.idFor(principal.accountId))),
    };
  }
}

function callerContext(principal: Principal, organizationId: string | undefined): RequestContext {
  return {
    'aws:principalarn': principal.roleArn ?? principal.arn,
    'aws:principalaccount': principal.accountId,
    'aws:principaltype': principal.kind === 'role' ? 'AssumedRole' : 'Account',
    'aws:principalisawsservice': 'false',
    'aws:sourceip': '127.0.0.1',
    ...(organizationId && { 'aws:principalorgid': organizationId }),
  };
}

function serviceContext(principal: Principal, sourceOrganizationId: string | undefined): RequestContext {
  return {
    'aws:principalisawsservice': 'true',
    'aws:principalservicename': principal.arn,
    ...(sourceOrganizationId && { 'aws:sourceorgid': sourceOrganizationId }),
  };
}

/** The ARN of the bucket, table or function of which `resource` is a part; `resource` itself for anything else. */
function holderOf(resource: string): string {
  if (resource.startsWith('arn:aws:s3:::')) return resource.split('/')[0] ?? resource;
  if (resource.startsWith('arn:aws:dynamodb:')) return resource.split('/').slice(0, 2).join('/');
  if (resource.startsWith('arn:aws:lambda:')) return resource.split(':').slice(0, 7).join(':');
  return resource;
}
