import { CfnEventBusPolicy, CfnRule, EventBus, type EventPattern, Rule } from 'aws-cdk-lib/aws-events';
import { ServicePrincipal } from 'aws-cdk-lib/aws-iam';
import type { Topic } from 'aws-cdk-lib/aws-sns';
import type { Queue } from 'aws-cdk-lib/aws-sqs';
import { Construct } from 'constructs';
import type { Organization } from '../../config/organization';
import type { Control } from '../../controls/control';
import { complianceChangeDetailType, complianceChangeSource } from '../../core/compliance-change';
import { eventBusName } from '../../core/names';
import { noticeDetailType } from '../../core/notice';
import { reportDetailType, reportSource } from '../../core/report';
import { trailDetailType } from '../../core/trail-call';
import { mendedChanges, toldChanges } from '../compliance-patterns';
import { customOf } from '../custom-of';
import { allow } from '../statements';
import {
  eventsSourceOf,
  nameOfPart,
  probePattern,
  probeSource,
  trailPatterns,
  typesWithTrail,
} from '../trail-patterns';

/** What the bus serves. */
export interface BusProps {
  organization: Organization;
  controls: readonly Control[];
  topic: Topic;
  remediationQueue: Queue;
}

/**
 * The bus, and what goes from it to the topic and to the coordinator. Members may put AWS Config's compliance changes
 * on it, what CloudTrail records of the services that controls look at, and nothing else: nobody but AWS makes events of a source
 * that begins with `aws.`. Staunch's own reports and notices come from the coordinator, through its role, and are believed only from the hub's account.
 *
 * The condition keys hold one value for each event of a request, and none where there is no event: EventBridge holds the policy
 * against the member's role already when the member's rule gets its target. So the condition must be true of no values, too, and
 * stands as in AWS's example. No event comes without a source and a type, because PutEvents refuses it:
 * https://docs.aws.amazon.com/eventbridge/latest/userguide/eb-use-conditions.html
 * https://docs.aws.amazon.com/eventbridge/latest/userguide/eb-event-bus-example-policy-cross-account-custom-bus-source.html
 * https://docs.aws.amazon.com/eventbridge/latest/APIReference/API_PutEventsRequestEntry.html
 */
export class Bus extends Construct {
  readonly bus: EventBus;

  constructor(scope: Construct, id: string, { organization, controls, topic, remediationQueue }: BusProps) {
    super(scope, id);
    const { hub } = organization;
    const bus = new EventBus(this, 'Bus', {
      eventBusName,
      description: 'Takes compliance changes from members, and reports and notices from the coordinator.',
    });
    this.bus = bus;
    const take = (
      policyId: string,
      statementId: string,
      source: string | string[],
      detailType: string,
    ): void => {
      new CfnEventBusPolicy(this, policyId, {
        eventBusName: bus.eventBusName,
        statementId,
        statement: {
          Sid: statementId,
          Effect: 'Allow',
          Principal: { AWS: '*' },
          Action: 'events:PutEvents',
          Resource: bus.eventBusArn,
          Condition: {
            StringEquals: { 'aws:PrincipalOrgID': organization.organization.id },
            'ForAllValues:StringEquals': { 'events:source': source, 'events:detail-type': detailType },
          },
        },
      });
    };
    take('Policy', 'TakeComplianceChangesFromMembers', complianceChangeSource, complianceChangeDetailType);
    const types = typesWithTrail(customOf(controls));
    const sources = [...new Set(types.map(({ trail }) => trail.source))];
    const forwarded = [...sources, probeSource].map(eventsSourceOf).sort();
    take('TrailPolicy', 'TakeRecordedCallsFromMembers', forwarded, trailDetailType);
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
    const told = toldChanges(controls);
    if (told.length > 0)
      toTopic(
        'ComplianceChanges',
        'staunch-compliance-changes',
        'What people are told of the compliance of every account, to the topic.',
        {
          source: [complianceChangeSource],
          detailType: [complianceChangeDetailType],
          detail: { $or: told },
        },
      );
    toTopic('Reports', 'staunch-reports', "Staunch's own reports and notices, to the topic.", {
      source: [reportSource],
      detailType: [reportDetailType, noticeDetailType],
      account: [hub.account],
    });
    this.closeMended(bus, controls, remediationQueue);
    const names = [...new Set(types.flatMap(({ trail }) => trail.opening))];
    this.lookAtCalls(bus, { sources, names }, remediationQueue);
  }

  /**
   * What complies again, because its owner mended it or deleted it, goes to the coordinator: an open finding of it is
   * closed then, and the next opening is told anew. The queue admits this rule only:
   * https://docs.aws.amazon.com/eventbridge/latest/userguide/eb-use-resource-based.html#eb-sqs-permissions
   */
  private closeMended(bus: EventBus, controls: readonly Control[], queue: Queue): void {
    const rule = new Rule(this, 'Mended', {
      eventBus: bus,
      ruleName: 'staunch-mended',
      description: 'Resources that comply again, to the coordinator.',
      eventPattern: {
        source: [complianceChangeSource],
        detailType: [complianceChangeDetailType],
        detail: { ...mendedChanges(controls) },
      },
    });
    // The ready-made target would also let EventBridge read the queue's attributes.
    rule.addTarget({ bind: () => ({ arn: queue.queueArn }) });
    queue.addToResourcePolicy(
      allow({
        sid: 'TakeWhatIsMended',
        principals: [new ServicePrincipal('events.amazonaws.com')],
        actions: ['sqs:SendMessage'],
        resources: [queue.queueArn],
        conditions: { ArnEquals: { 'aws:SourceArn': rule.ruleArn } },
      }),
    );
  }

  /**
   * Calls that can open a resource go to the coordinator, which looks at the resource. A member's rules send no others, and this
   * one takes no others of whoever writes a rule of his own.
   */
  private lookAtCalls(
    bus: EventBus,
    calls: { sources: readonly string[]; names: readonly string[] },
    queue: Queue,
  ): void {
    const rules = trailPatterns(calls).map(
      (eventPattern, index) =>
        new CfnRule(this, nameOfPart('Trail', index), {
          eventBusName: bus.eventBusName,
          name: nameOfPart('staunch-trail', index),
          description: 'Calls that can open a resource, to the coordinator.',
          state: 'ENABLED',
          eventPattern,
          targets: [{ id: 'coordinator', arn: queue.queueArn }],
        }),
    );
    const probes = new CfnRule(this, 'TrailProbes', {
      eventBusName: bus.eventBusName,
      name: 'staunch-trail-probes',
      description: "Calls of the doctor's probes, to the coordinator.",
      state: 'ENABLED',
      eventPattern: probePattern(),
      targets: [{ id: 'coordinator', arn: queue.queueArn }],
    });
    queue.addToResourcePolicy(
      allow({
        sid: 'TakeRecordedCalls',
        principals: [new ServicePrincipal('events.amazonaws.com')],
        actions: ['sqs:SendMessage'],
        resources: [queue.queueArn],
        conditions: { ArnEquals: { 'aws:SourceArn': [...rules, probes].map(({ attrArn }) => attrArn) } },
      }),
    );
  }
}
