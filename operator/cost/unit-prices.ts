/** When the prices below were the ones of `us-east-1`; nothing looks them up. */
export const pricesOf = '2026-06';

/** What one unit costs, in dollars, without free tiers. */
export const prices = {
  'configuration item': {
    dollars: 0.003,
    source: 'https://aws.amazon.com/config/pricing/',
  },
  'rule evaluation': { dollars: 0.001, source: 'https://aws.amazon.com/config/pricing/' },
  'Lambda request': { dollars: 0.2e-6, source: 'https://aws.amazon.com/lambda/pricing/' },
  'Lambda GB-second, arm64': { dollars: 1.33334e-5, source: 'https://aws.amazon.com/lambda/pricing/' },
  'event to another account': { dollars: 1e-6, source: 'https://aws.amazon.com/eventbridge/pricing/' },
  'event of ours': { dollars: 1e-6, source: 'https://aws.amazon.com/eventbridge/pricing/' },
  'finding that Security Hub takes': {
    dollars: 30e-6,
    source: 'https://aws.amazon.com/security-hub/pricing/',
  },
  'SQS request': { dollars: 0.4e-6, source: 'https://aws.amazon.com/sqs/pricing/' },
  'Secrets Manager request': {
    dollars: 0.05 / 10_000,
    source: 'https://aws.amazon.com/secrets-manager/pricing/',
  },
  'KMS request': { dollars: 0.03 / 10_000, source: 'https://aws.amazon.com/kms/pricing/' },
  'SNS request': { dollars: 0.5e-6, source: 'https://aws.amazon.com/sns/pricing/' },
  'S3 list request': { dollars: 5e-6, source: 'https://aws.amazon.com/s3/pricing/' },
  'S3 put request': { dollars: 5e-6, source: 'https://aws.amazon.com/s3/pricing/' },
  'S3 get request': { dollars: 0.4e-6, source: 'https://aws.amazon.com/s3/pricing/' },
  'DynamoDB read unit': { dollars: 0.125e-6, source: 'https://aws.amazon.com/dynamodb/pricing/' },
  'DynamoDB write unit': { dollars: 0.625e-6, source: 'https://aws.amazon.com/dynamodb/pricing/' },
  'recorded call, a second trail': { dollars: 20e-6, source: 'https://aws.amazon.com/cloudtrail/pricing/' },
  'recorded call, GuardDuty': { dollars: 4e-6, source: 'https://aws.amazon.com/guardduty/pricing/' },
  'alarm, a month': { dollars: 0.1, source: 'https://aws.amazon.com/cloudwatch/pricing/' },
  'dashboard, a month': { dollars: 3, source: 'https://aws.amazon.com/cloudwatch/pricing/' },
  'metric, a month': { dollars: 0.3, source: 'https://aws.amazon.com/cloudwatch/pricing/' },
  'encryption key, a month': { dollars: 1, source: 'https://aws.amazon.com/kms/pricing/' },
  'secret, a month': { dollars: 0.4, source: 'https://aws.amazon.com/secrets-manager/pricing/' },
  'log GB': { dollars: 0.5, source: 'https://aws.amazon.com/cloudwatch/pricing/' },
} as const;

/** Something that is paid by the unit. */
export type Priced = keyof typeof prices;

/** So many units of something. */
export interface Units {
  unit: Priced;
  units: number;
}

/** In dollars. */
export function dollarsOf({ unit, units }: Units): number {
  return prices[unit].dollars * units;
}
