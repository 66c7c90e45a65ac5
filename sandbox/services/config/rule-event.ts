import type { ChangeType, ConfigurationItem, ConfigurationItemDiff } from './configuration-item';
import type { ConfigRule } from './definitions';

/** Largest notification with a whole item; beyond it the function gets a summary. 256 kB. */
export const largestNotification = 256 * 1024;

/** What a rule's function receives. `invokingEvent` and `ruleParameters` are JSON text. */
export interface RuleEvent {
  version: '1.0';
  invokingEvent: string;
  ruleParameters: string;
  resultToken: string;
  eventLeftScope: boolean;
  executionRoleArn: string;
  configRuleArn: string;
  configRuleName: string;
  configRuleId: string;
  accountId: string;
}

/** A notification about an item: its message type, and the JSON text of the whole. */
export interface Notification {
  messageType: 'ConfigurationItemChangeNotification' | 'OversizedConfigurationItemChangeNotification';
  text: string;
}

/**
 * The notification about an item; a summary where the item is too large.
 * https://docs.aws.amazon.com/config/latest/developerguide/evaluate-config_develop-rules_example-events.html
 *
 * @param diff null when a rule is evaluated without a change: it is new, or somebody asked for it
 * @param now milliseconds since the epoch
 */
export function notificationOf(
  item: ConfigurationItem,
  diff: ConfigurationItemDiff | null,
  now: number,
): Notification {
  const notificationCreationTime = new Date(now).toISOString();
  const whole: Notification = {
    messageType: 'ConfigurationItemChangeNotification',
    text: JSON.stringify({
      configurationItemDiff: diff,
      configurationItem: item,
      notificationCreationTime,
      messageType: 'ConfigurationItemChangeNotification',
      recordVersion: '1.3',
    }),
  };
  if (Buffer.byteLength(whole.text) <= largestNotification) return whole;
  return {
    messageType: 'OversizedConfigurationItemChangeNotification',
    text: JSON.stringify({
      configurationItemSummary: summaryOf(item, diff?.changeType ?? 'UPDATE'),
      notificationCreationTime,
      messageType: 'OversizedConfigurationItemChangeNotification',
      recordVersion: '1.0',
    }),
  };
}

/** The event for a rule's function. */
export function ruleEvent(
  rule: ConfigRule,
  notification: Notification,
  resultToken: string,
  executionRoleArn: string,
): RuleEvent {
  return {
    version: '1.0',
    invokingEvent: notification.text,
    ruleParameters: rule.inputParameters ?? '{}',
    resultToken,
    // A rule's scope is its resource types, which no resource leaves. A deleted one says so in its status.
    eventLeftScope: false,
    executionRoleArn,
    configRuleArn: rule.arn,
    configRuleName: rule.name,
    configRuleId: ruleId(rule),
    accountId: rule.accountId,
  };
}

/** `config-rule-…`, the last part of a rule's ARN. */
export function ruleId(rule: ConfigRule): string {
  return rule.arn.slice(rule.arn.lastIndexOf('/') + 1);
}

function summaryOf(item: ConfigurationItem, changeType: ChangeType) {
  return {
    changeType,
    configurationItemVersion: item.configurationItemVersion,
    configurationItemCaptureTime: item.configurationItemCaptureTime,
    configurationStateId: item.configurationStateId,
    awsAccountId: item.awsAccountId,
    configurationItemStatus: item.configurationItemStatus,
    resourceType: item.resourceType,
    resourceId: item.resourceId,
    resourceName: item.resourceName,
    ARN: item.ARN,
    awsRegion: item.awsRegion,
    availabilityZone: item.availabilityZone,
    configurationStateMd5Hash: item.configurationStateMd5Hash,
    resourceCreationTime: item.resourceCreationTime,
  };
}
