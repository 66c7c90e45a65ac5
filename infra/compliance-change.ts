/**
 * `source` of AWS Config's events:
 * https://docs.aws.amazon.com/config/latest/developerguide/monitor-config-with-cloudwatchevents.html
 */
export const complianceChangeSource = 'aws.config';

/** `detail-type` of the event that AWS Config makes when a rule's verdict on a resource changes; see the same page. */
export const complianceChangeDetailType = 'Config Rules Compliance Change';
