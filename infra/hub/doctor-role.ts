import { Duration } from 'aws-cdk-lib';
import { AccountPrincipal, PolicyDocument, Role } from 'aws-cdk-lib/aws-iam';
import type { IQueue } from 'aws-cdk-lib/aws-sqs';
import type { Construct } from 'constructs';
import type { Organization } from '../../config/organization';
import { iamPath, probeArrivalsPrefix, probesPartition, roleArn, roleNames } from '../../core/names';
import { partitionOf } from '../../core/partition';
import { allow, leadingKeys } from '../statements';
import { acknowledgeWildcards } from '../wildcards';
import type { Ledger } from './ledger';

/** What the role follows from. */
export interface DoctorRoleProps {
  hub: Organization['hub'];
  ledger: Ledger;
  patrolQueue: IQueue;
}

/**
 * The role with which whoever runs the command line asks members how they are. Principals of the hub's account may assume it where
 * their own policies allow that. It may assume the members' roles for reading and for probes, begin a round of probes, send one to the
 * patrol, and read which arrived: that they did, the coordinator alone writes.
 */
export class DoctorRole extends Role {
  constructor(scope: Construct, id: string, { hub, ledger, patrolQueue }: DoctorRoleProps) {
    const partition = partitionOf(hub.region);
    const members = [roleNames.patrol, roleNames.probe].map((name) => roleArn('*', name, partition));
    super(scope, id, {
      roleName: roleNames.doctor,
      path: iamPath,
      description: 'Lets people of the hub ask members whether Staunch works there.',
      assumedBy: new AccountPrincipal(hub.account),
      maxSessionDuration: Duration.hours(1),
      inlinePolicies: {
        staunch: new PolicyDocument({
          statements: [
            allow({ sid: 'TakeMemberRoles', actions: ['sts:AssumeRole'], resources: members }),
            allow({
              sid: 'BeginProbes',
              actions: ['dynamodb:PutItem'],
              resources: [ledger.tableArn],
              conditions: leadingKeys('StringEquals', probesPartition),
            }),
            allow({
              sid: 'ReadArrivals',
              actions: ['dynamodb:Query'],
              resources: [ledger.tableArn],
              conditions: leadingKeys('StringLike', `${probeArrivalsPrefix}*`),
            }),
            allow({
              sid: 'SendPatrolProbes',
              actions: ['sqs:SendMessage'],
              resources: [patrolQueue.queueArn],
            }),
          ],
        }),
      },
    });
    acknowledgeWildcards(
      this,
      Object.fromEntries(
        members.map((arn) => [arn, 'Any account may join the organization; its role trusts only the hub.']),
      ),
    );
  }
}
