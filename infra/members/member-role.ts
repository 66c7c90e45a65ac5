import { Duration } from 'aws-cdk-lib';
import {
  type IManagedPolicy,
  PolicyDocument,
  type PolicyStatement,
  type PrincipalBase,
  Role,
} from 'aws-cdk-lib/aws-iam';
import type { Construct } from 'constructs';
import { iamPath } from '../../core/names';
import { acknowledgeWildcards } from '../wildcards';

/** What tells one member role from another. */
export interface MemberRoleProps {
  name: string;
  description: string;
  assumedBy: PrincipalBase;
  statements: PolicyStatement[];
  /** Why a statement names resources by a wildcard, by resource. */
  wildcards?: Record<string, string>;
  managedPolicies?: IManagedPolicy[];
}

/** One of Staunch's roles in a member account: a fixed name, one inline policy, sessions of one hour at most. */
export class MemberRole extends Role {
  constructor(scope: Construct, id: string, props: MemberRoleProps) {
    super(scope, id, {
      roleName: props.name,
      path: iamPath,
      description: props.description,
      assumedBy: props.assumedBy,
      maxSessionDuration: Duration.hours(1),
      inlinePolicies: { staunch: new PolicyDocument({ statements: props.statements }) },
      ...(props.managedPolicies && { managedPolicies: props.managedPolicies }),
    });
    acknowledgeWildcards(this, props.wildcards ?? {});
  }
}
