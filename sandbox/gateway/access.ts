import { Roles } from '../services/iam/roles';
import { OrganizationFacts } from '../services/organizations/organization-facts';
import { ServiceControlPolicies } from '../services/organizations/service-control-policies';
import { serviceNamed, serviceOfArn } from '../services/registry';
import type { AccessRequest, Decision, Principal } from './api';
import { type RequestContext, unknownValues } from './authorization/context';
import { decide } from './authorization/decide';
import { parsePolicyOnce } from './authorization/policy-cache';
import { type ControlLevels, refusalByServiceControl } from './authorization/service-control';
import type { Learned } from './learned';

/** Decides requests from what the gateway learned. */
export class Access {
  constructor(private readonly learned: Learned) {}

  /** @throws UnsupportedError when a condition that matters is not known to the sandbox. */
  decide(request: AccessRequest): Decision {
    return this.decideUnder(request, this.resourcePolicyFor(request));
  }

  /**
   * Decides as if the resource had this policy; undefined for none.
   * @throws UnsupportedError as `decide`
   */
  decideUnder(request: AccessRequest, resourcePolicy: string | undefined): Decision {
    const { principal, resource } = request;
    const policies = serviceOfArn(resource)?.policy;
    return decide({
      request: this.withContext(request),
      serviceControlPolicies: this.serviceControlPoliciesFor(principal),
      identityPolicies: isAdministrator(principal)
        ? 'administrator'
        : this.learned
            .of(Roles)
            .identityPolicies(principal.roleArn ?? '')
            .map((policy) => parsePolicyOnce(policy, 'identity')),
      ...(principal.sessionPolicy !== undefined && {
        sessionPolicy: parsePolicyOnce(principal.sessionPolicy, 'session'),
      }),
      ...(resourcePolicy !== undefined && {
        resourcePolicy: parsePolicyOnce(
          resourcePolicy,
          request.action === 'sts:AssumeRole' ? 'trust' : (policies?.kind ?? 'resource'),
        ),
      }),
      resourcePolicyRequired: request.action === 'sts:AssumeRole' || policies?.required === true,
    });
  }

  /**
   * Whether the policy of a resource decides about the administrators of its own account, too. A resource of which no policy is known
   * does not exist, and whoever answers the call says so.
   */
  bindsAdministrators(resource: string): boolean {
    return serviceOfArn(resource)?.policy?.required === true && this.learned.resourcePolicies.has(resource);
  }

  /**
   * Why service control policies do not let an administrator do something, which nothing else can keep him from; undefined where they do.
   * @throws UnsupportedError as `decide`
   */
  controlled(request: AccessRequest): Decision | undefined {
    const levels = this.serviceControlPoliciesFor(request.principal);
    return levels && refusalByServiceControl(levels, this.withContext(request));
  }

  private serviceControlPoliciesFor(principal: Principal): ControlLevels | undefined {
    const organization = this.learned.of(OrganizationFacts);
    // https://docs.aws.amazon.com/organizations/latest/userguide/orgs_manage_policies_scps.html
    const isSpared =
      principal.kind === 'service' ||
      principal.accountId === organization.managementAccountId ||
      principal.roleArn?.includes(':role/aws-service-role/') === true;
    return isSpared ? undefined : this.learned.of(ServiceControlPolicies).levelsOf(principal.accountId);
  }

  private withContext(request: AccessRequest): AccessRequest {
    return { ...request, context: { ...this.contextOf(request), ...request.context } };
  }

  /** A role's trust policy, or the policy of the resource or of what holds it: the bucket, the table, the function. */
  private resourcePolicyFor({ action, resource, principal }: AccessRequest): string | undefined {
    if (action === 'sts:AssumeRole') return this.learned.of(Roles).withArn(resource)?.trustPolicy;
    const { resourcePolicies } = this.learned;
    const policies = serviceOfArn(resource)?.policy;
    const holder = policies?.holderOf?.(resource) ?? resource;
    const policy = resourcePolicies.get(resource) ?? resourcePolicies.get(holder);
    const isRestricted =
      policy !== undefined && policies?.restricts?.(holder, policy, principal, this.learned);
    return isRestricted ? undefined : policy;
  }

  /**
   * The condition keys that follow from the caller and the resource.
   * https://docs.aws.amazon.com/IAM/latest/UserGuide/reference_policies_condition-keys.html
   */
  private contextOf(request: AccessRequest): RequestContext {
    const { principal, resourceAccountId, context } = request;
    const organization = this.learned.of(OrganizationFacts);
    const resourceOrganization = organization.idFor(resourceAccountId);
    return {
      // AWS sends them with every request; who asks says what they are.
      'aws:requestedregion': unknownValues,
      'aws:userid': unknownValues,
      // The sandbox's plain HTTP never leaves the machine; it stands for the TLS of AWS's endpoints.
      'aws:securetransport': 'true',
      'aws:viaawsservice': 'false',
      ...(resourceAccountId && { 'aws:resourceaccount': resourceAccountId }),
      ...serviceNamed(serviceOfAction(request.action))?.policy?.context?.(request),
      ...(resourceOrganization && { 'aws:resourceorgid': resourceOrganization }),
      ...(principal.kind === 'service'
        ? serviceContext(principal, organization.idFor(String(context['aws:sourceaccount'] ?? '')))
        : callerContext(principal, organization.idFor(principal.accountId))),
    };
  }
}

/** Whether a caller may do everything that its account may. */
export function isAdministrator({ kind, administrator }: Principal): boolean {
  return kind === 'account' || administrator === true;
}

function callerContext(principal: Principal, organizationId: string | undefined): RequestContext {
  return {
    'aws:principalarn': principal.roleArn ?? principal.arn,
    'aws:principalaccount': principal.accountId,
    'aws:principaltype': principal.kind === 'role' ? 'AssumedRole' : 'Account',
    'aws:principalisawsservice': 'false',
    'aws:sourceip': '127.0.0.1',
    // With temporary credentials it is sent, and false unless somebody signed in so.
    ...(principal.kind === 'role' && { 'aws:multifactorauthpresent': unknownValues }),
    // Tags of roles are not followed.
    ...(principal.kind === 'role' && { 'aws:principaltag/': unknownValues }),
    ...(organizationId && { 'aws:principalorgid': organizationId }),
  };
}

function serviceContext(principal: Principal, sourceOrganizationId: string | undefined): RequestContext {
  return {
    'aws:principalisawsservice': 'true',
    'aws:principaltype': unknownValues,
    'aws:principalservicename': principal.arn,
    ...(sourceOrganizationId && { 'aws:sourceorgid': sourceOrganizationId }),
  };
}

function serviceOfAction(action: string): string {
  return action.split(':')[0] ?? '';
}
