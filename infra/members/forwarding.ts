import { Aws } from 'aws-cdk-lib';
import { CfnRule } from 'aws-cdk-lib/aws-events';
import { Construct } from 'constructs';
import type { Organization } from '../../config/organization';
import type { Control } from '../../controls/control';
import { complianceChangeDetailType, complianceChangeSource } from '../../core/compliance-change';
import { eventBusArn, roleArn, roleNames } from '../../core/names';
import { partitionOf } from '../../core/partition';
import { type CompliancePattern, mendedChanges, toldChanges } from '../compliance-patterns';

/** Name of the EventBridge rule that forwards compliance changes, in every member account and Region. */
export const forwardingRuleName = 'staunch-forward-compliance-changes';

/**
 * The rule that forwards compliance changes that matter to the hub, to its bus in another account and, it may be, another Region: https://docs.aws.amazon.com/eventbridge/latest/userguide/eb-cross-account.html
 */
export class Forwarding extends Construct {
  constructor(scope: Construct, id: string, hub: Organization['hub'], controls: readonly Control[]) {
    super(scope, id);
    new CfnRule(this, 'Rule', {
      name: forwardingRuleName,
      description: 'Forwards compliance changes to the hub.',
      state: 'ENABLED',
      eventPattern: {
        source: [complianceChangeSource],
        'detail-type': [complianceChangeDetailType],
        detail: detailOf([...toldChanges(controls), mendedChanges(controls)]),
      },
      targets: [
        {
          id: 'hub',
          arn: eventBusArn(hub.account, hub.region),
          roleArn: roleArn(Aws.ACCOUNT_ID, roleNames.forwardEvents, partitionOf(hub.region)),
        },
      ],
    });
  }
}

/** EventBridge takes alternatives by twos and more. */
function detailOf(alternatives: readonly CompliancePattern[]): object | undefined {
  return alternatives.length > 1 ? { $or: alternatives } : alternatives[0];
}
