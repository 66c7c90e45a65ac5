import { Duration } from 'aws-cdk-lib';
import { AnyPrincipal } from 'aws-cdk-lib/aws-iam';
import type { Construct } from 'constructs';
import type { Organization } from '../../config/organization';
import { queueNames, roleArn, roleNames } from '../../core/names';
import { partitionOf } from '../../core/partition';
import { allow } from '../statements';
import { coordinatorTimeout } from './coordinator';
import { QueueWithDeadLetters } from './queue-with-dead-letters';

/**
 * The queue to which rule functions send findings. Its policy lets in the rule role of any account in the organization,
 * and nobody else. `aws:PrincipalArn` of a role's session is the role's ARN with its path:
 * https://docs.aws.amazon.com/IAM/latest/UserGuide/reference_policies_condition-keys.html#condition-keys-principalarn
 */
export class RemediationQueue extends QueueWithDeadLetters {
  constructor(scope: Construct, id: string, organization: Organization) {
    super(scope, id, {
      hub: organization.hub,
      name: queueNames.remediation,
      deadLettersName: queueNames.remediationDeadLetters,
      visibilityTimeout: Duration.seconds(coordinatorTimeout.toSeconds() * 6),
      maxReceiveCount: 5,
    });
    this.queue.addToResourcePolicy(
      allow({
        sid: 'TakeFindingsFromMembers',
        principals: [new AnyPrincipal()],
        actions: ['sqs:SendMessage'],
        resources: [this.queue.queueArn],
        conditions: {
          StringEquals: { 'aws:PrincipalOrgID': organization.organization.id },
          ArnLike: { 'aws:PrincipalArn': roleArn('*', roleNames.rule, partitionOf(organization.hub.region)) },
        },
      }),
    );
  }
}
