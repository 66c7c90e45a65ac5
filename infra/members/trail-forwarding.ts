import { Aws } from 'aws-cdk-lib';
import { CfnRule } from 'aws-cdk-lib/aws-events';
import { Construct } from 'constructs';
import type { Organization } from '../../config/organization';
import type { CustomControl } from '../../controls/control';
import {
  eventBusArn,
  probeForwardingRuleName,
  roleArn,
  roleNames,
  trailForwardingRuleName,
} from '../../core/names';
import { type Partition, partitionOf } from '../../core/partition';
import { nameOfPart, probePattern, trailPatterns, typesWithTrail } from '../trail-patterns';

/** What forwarding follows from. */
export interface TrailForwardingProps {
  hub: Organization['hub'];
  controls: readonly CustomControl[];
}

/**
 * The rules that forward to the hub's bus what CloudTrail records of calls which can open a resource, one for each resource type, and
 * of those of the doctor's probes.
 * Such events come where a trail of the account, or of the organization, records what writes:
 * https://docs.aws.amazon.com/eventbridge/latest/userguide/eb-service-event-cloudtrail.html
 */
export class TrailForwarding extends Construct {
  constructor(scope: Construct, id: string, { hub, controls }: TrailForwardingProps) {
    super(scope, id);
    const targets = [
      {
        id: 'hub',
        arn: eventBusArn(hub.account, hub.region),
        roleArn: roleArn(Aws.ACCOUNT_ID, roleNames.forwardEvents, partitionOf(hub.region)),
      },
    ];
    new CfnRule(this, 'Probe', {
      name: probeForwardingRuleName,
      description: "Forwards the doctor's own recorded calls to the hub.",
      state: 'ENABLED',
      eventPattern: probePattern({
        userIdentity: {
          sessionContext: {
            sessionIssuer: { arn: [roleArn(Aws.ACCOUNT_ID, roleNames.probe, partitionOf(hub.region))] },
          },
        },
      }),
      targets,
    });
    for (const { type, slug, trail } of typesWithTrail(controls)) {
      const patterns = trailPatterns({
        sources: [trail.source],
        names: trail.opening,
        detail: { $or: byAnybodyElse(partitionOf(hub.region)) },
      });
      for (const [index, eventPattern] of patterns.entries()) {
        new CfnRule(this, nameOfPart(slug, index), {
          name: nameOfPart(trailForwardingRuleName(slug), index),
          description: `Forwards calls that can open a resource of ${type} to the hub.`,
          state: 'ENABLED',
          eventPattern,
          targets,
        });
      }
    }
  }
}

/**
 * Calls of all but the role with which Staunch fixes. Of a role's session CloudTrail names the role by its ARN, with the path, as
 * the session's issuer; no other caller has one. `anything-but` alone needs the field to be there, hence the two ways:
 * https://docs.aws.amazon.com/awscloudtrail/latest/userguide/cloudtrail-event-reference-user-identity.html
 * https://docs.aws.amazon.com/eventbridge/latest/userguide/eb-create-pattern-operators.html
 */
function byAnybodyElse(partition: Partition): object[] {
  const own = [roleArn(Aws.ACCOUNT_ID, roleNames.remediation, partition)];
  return [{ 'anything-but': own }, { exists: false }].map((arn) => ({
    userIdentity: { sessionContext: { sessionIssuer: { arn: [arn] } } },
  }));
}
