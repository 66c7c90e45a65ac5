import { probeForwardingRuleName, ruleFunctionName } from './names';
import { partitionOf } from './partition';
import type { Permission } from './permission';

/**
 * What it takes to send probes in an account. EnableRule changes nothing of a rule that is enabled, and CloudTrail records it as a
 * call that writes, which reading calls are not: EventBridge leaves those out unless a rule asks for them.
 * https://docs.aws.amazon.com/eventbridge/latest/userguide/eb-service-event-cloudtrail-management.html
 * https://docs.aws.amazon.com/eventbridge/latest/userguide/logging-using-cloudtrail.html
 */
export const probePermissions: readonly Permission[] = [
  {
    actions: ['events:EnableRule'],
    on: {
      arn: (accountId, region, partition = partitionOf(region)) =>
        `arn:${partition}:events:${region}:${accountId}:rule/${probeForwardingRuleName}`,
      noun: "the rule that forwards the doctor's own calls",
      reason: 'One role serves every Region; the rule has the same name in each.',
    },
  },
  {
    actions: ['lambda:InvokeFunction'],
    on: {
      arn: (accountId, region, partition = partitionOf(region)) =>
        `arn:${partition}:lambda:${region}:${accountId}:function:${ruleFunctionName}`,
      noun: 'the rule function',
      reason: 'One role serves every Region; the function has the same name in each.',
    },
  },
];
