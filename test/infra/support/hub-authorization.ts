import { eventBusArn } from '../../../core/names';
import type { Template } from '../../../infra/assembly';
import { EventLog } from '../../../sandbox/events';
import { Access } from '../../../sandbox/gateway/access';
import type { ApiCall } from '../../../sandbox/gateway/api';
import { authorizeCall } from '../../../sandbox/gateway/authorize-call';
import { Learned } from '../../../sandbox/gateway/learned';
import { ApiError } from '../../../sandbox/gateway/protocols/errors';
import { learnKeys } from '../../../sandbox/services/dynamodb/observe';
import { Roles } from '../../../sandbox/services/iam/roles';
import { OrganizationFacts } from '../../../sandbox/services/organizations/organization-facts';
import {
  flat,
  hubAccount,
  hubRegion,
  organizationId,
  propertiesOf,
  resourcesOf,
  roleNamesIn,
} from './assemble';

/** One call of an AWS API. */
export interface Question {
  service: string;
  operation: string;
  parameters: Record<string, unknown>;
}

/**
 * Decides what the roles of the hub's template may do, by the sandbox's authorization alone: no emulator runs. It knows the
 * template's tables, its roles with their policies, and the policy of the bus.
 */
export class HubAuthorization {
  private readonly learned = new Learned();
  private readonly access = new Access(this.learned);

  constructor(private readonly template: Template) {
    const organization = this.learned.of(OrganizationFacts);
    const roles = this.learned.of(Roles);
    organization.id = organizationId;
    organization.accounts.add(hubAccount);
    for (const [, { Properties = {} }] of resourcesOf(template, 'AWS::DynamoDB::Table')) {
      learnKeys(administratorsCall('dynamodb', 'CreateTable', Properties), this.learned);
    }
    for (const name of roleNamesIn(template)) {
      const Properties = propertiesOf(template, 'AWS::IAM::Role', 'RoleName', name);
      const policies = (Properties.Policies ?? []) as { PolicyName: string; PolicyDocument: unknown }[];
      roles.add({
        accountId: hubAccount,
        name,
        arn: roleArnOf(name),
        id: `AROA${name}`,
        trustPolicy: '',
        maxSessionSeconds: 3600,
        inlinePolicies: new Map(
          policies.map((policy) => [policy.PolicyName, JSON.stringify(this.resolved(policy.PolicyDocument))]),
        ),
        attachedPolicies: new Set(),
      });
    }
    const ofBus = resourcesOf(template, 'AWS::Events::EventBusPolicy').map(
      ([, { Properties }]) => Properties?.Statement,
    );
    this.learned.setResourcePolicy(
      eventBusArn(hubAccount, hubRegion),
      JSON.stringify({ Version: '2012-10-17', Statement: this.resolved(ofBus) }),
    );
  }

  /** Names of the roles of every function in the hub. */
  functionRoles(): string[] {
    return resourcesOf(this.template, 'AWS::Lambda::Function').map(([, { Properties = {} }]) => {
      const [roleId = ''] = (Properties.Role as { 'Fn::GetAtt': string[] })['Fn::GetAtt'];
      return String(this.template.Resources[roleId]?.Properties?.RoleName);
    });
  }

  /** The documents of a role's policies, references resolved. */
  policiesOf(roleName: string): string[] {
    return this.learned.of(Roles).identityPolicies(roleArnOf(roleName));
  }

  /** Whether a session of a role may make a call, as the gateway decides it before the call reaches its service. */
  allows(roleName: string, { service, operation, parameters }: Question): boolean {
    const call: ApiCall = {
      ...administratorsCall(service, operation, parameters),
      principal: {
        kind: 'role',
        accountId: hubAccount,
        arn: `arn:aws:sts::${hubAccount}:assumed-role/${roleName}/session`,
        roleArn: roleArnOf(roleName),
      },
    };
    try {
      authorizeCall(call, 'AROA:session', {
        learned: this.learned,
        access: this.access,
        events: new EventLog(),
      });
      return true;
    } catch (error) {
      if (error instanceof ApiError) return false;
      throw error;
    }
  }

  /** A part of the template with every reference replaced by what AWS would put there. */
  private resolved(value: unknown): unknown {
    if (Array.isArray(value)) return value.map((entry) => this.resolved(entry));
    if (typeof value !== 'object' || value === null) return value;
    if (['Ref', 'Fn::GetAtt', 'Fn::Join'].some((intrinsic) => intrinsic in value)) {
      return flat(value).replaceAll(/\$\{([\w:]+)(?:\.\w+)?\}/g, (_, id: string) => this.arnOf(id));
    }
    return Object.fromEntries(Object.entries(value).map(([key, entry]) => [key, this.resolved(entry)]));
  }

  private arnOf(id: string): string {
    const { Type, Properties = {} } = this.template.Resources[id] ?? {};
    switch (Type) {
      case 'AWS::DynamoDB::Table':
        return `arn:aws:dynamodb:${hubRegion}:${hubAccount}:table/${Properties.TableName}`;
      case 'AWS::Events::EventBus':
        return eventBusArn(hubAccount, hubRegion);
      case 'AWS::Lambda::Function':
        return `arn:aws:lambda:${hubRegion}:${hubAccount}:function:${Properties.FunctionName}`;
      default:
        return `arn:aws:other:${hubRegion}:${hubAccount}:${id}`;
    }
  }
}

function administratorsCall(
  service: string,
  operation: string,
  parameters: Record<string, unknown>,
): ApiCall {
  return {
    service,
    operation,
    parameters,
    region: hubRegion,
    principal: { kind: 'account', accountId: hubAccount, arn: `arn:aws:iam::${hubAccount}:root` },
    accountId: hubAccount,
    method: 'POST',
    url: '/',
    headers: {},
    body: Buffer.alloc(0),
  };
}

function roleArnOf(name: string): string {
  return `arn:aws:iam::${hubAccount}:role/staunch/${name}`;
}
