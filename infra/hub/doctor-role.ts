import { Duration } from 'aws-cdk-lib';
import { AccountPrincipal, PolicyDocument, Role } from 'aws-cdk-lib/aws-iam';
import type { Construct } from 'constructs';
import type { Organization } from '../../config/organization';
import { iamPath, roleArn, roleNames } from '../../core/names';
import { partitionOf } from '../../core/partition';
import { allow } from '../statements';
import { acknowledgeWildcards } from '../wildcards';

/**
 * The role with which whoever runs the command line asks members how they are. Principals of the hub's account may assume it where
 * their own policies allow that; it may do nothing but assume the members' role for reading.
 */
export class DoctorRole extends Role {
  constructor(scope: Construct, id: string, hub: Organization['hub']) {
    const members = roleArn('*', roleNames.patrol, partitionOf(hub.region));
    super(scope, id, {
      roleName: roleNames.doctor,
      path: iamPath,
      description: 'Lets people of the hub ask members whether Staunch works there.',
      assumedBy: new AccountPrincipal(hub.account),
      maxSessionDuration: Duration.hours(1),
      inlinePolicies: {
        staunch: new PolicyDocument({
          statements: [allow({ sid: 'TakePatrolRole', actions: ['sts:AssumeRole'], resources: [members] })],
        }),
      },
    });
    acknowledgeWildcards(this, {
      [members]: 'Any account may join the organization; its role trusts only the hub.',
    });
  }
}
