import { CfnEventBusPolicy, EventBus, type EventPattern, Rule } from 'aws-cdk-lib/aws-events';
import type { Topic } from 'aws-cdk-lib/aws-sns';
import { Construct } from 'constructs';
import type { Organization } from '../../config/organization';
import { configRuleName, eventBusName } from '../../contract/names';
import { reportDetailType, reportSource } from '../../contract/report';
import { complianceChangeDetailType, complianceChangeSource } from '../compliance-change';

/**
 * The bus, and what goes from it to the topic. Members may put AWS Config's compliance changes on it and nothing else;
 * Staunch's own reports come from the coordinator, through its role, and are believed only from the hub's account.
 * The condition keys: https://docs.aws.amazon.com/eventbridge/latest/userguide/eb-use-conditions.html
 */
export class Bus extends Construct {
  constructor(scope: Construct, id: string, organization: Organization, topic: Topic) {
    super(scope, id);
    const { hub } = organization;
    const bus = new EventBus(this, 'Bus', {
      eventBusName,
      description: 'Takes compliance changes from members, and reports from the coordinator.',
    });
    new CfnEventBusPolicy(this, 'Policy', {
      eventBusName: bus.eventBusName,
      statementId: 'TakeComplianceChangesFromMembers',
      statement: {
        Sid: 'TakeComplianceChangesFromMembers',
        Effect: 'Allow',
        Principal: { AWS: '*' },
        Action: 'events:PutEvents',
        Resource: bus.eventBusArn,
        Condition: {
          StringEquals: {
            'aws:PrincipalOrgID': organization.organization.id,
            'events:source': complianceChangeSource,
            'events:detail-type': complianceChangeDetailType,
          },
        },
      },
    });
    const toTopic = (
      ruleId: string,
      ruleName: string,
      description: string,
      eventPattern: EventPattern,
    ): void => {
      const rule = new Rule(this, ruleId, { eventBus: bus, ruleName, description, eventPattern });
      // The topic's own policy admits EventBridge; the ready-made target would add a second statement to it.
      rule.addTarget({ bind: () => ({ arn: topic.topicArn }) });
    };
    toTopic(
      'ComplianceChanges',
      'staunch-compliance-changes',
      'Compliance changes of every account, to the topic.',
      {
        source: [complianceChangeSource],
        detailType: [complianceChangeDetailType],
        detail: { configRuleName: [{ prefix: configRuleName('') }] },
      },
    );
    toTopic('Reports', 'staunch-reports', "Staunch's own reports, to the topic.", {
      source: [reportSource],
      detailType: [reportDetailType],
      account: [hub.account],
    });
  }
}
