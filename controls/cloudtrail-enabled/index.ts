import type { ManagedControl } from '../control';

/**
 * Watches with AWS Config's managed rule that CloudTrail records:
 * https://docs.aws.amazon.com/config/latest/developerguide/cloudtrail-enabled.html
 * A trail may record one Region only, and the rule looks for one in its own Region, so every Region reports.
 */
export const control: ManagedControl = {
  kind: 'managed',
  id: 'cloudtrail-enabled',
  title: 'account without a CloudTrail trail',
  severity: 'high',
  sourceIdentifier: 'CLOUD_TRAIL_ENABLED',
  inputParameters: {},
  regions: 'every',
};
