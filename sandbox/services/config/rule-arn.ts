import { createHash } from 'node:crypto';
import type { Place } from '../../events';

/** The ARN of an AWS Config rule. AWS Config chooses the id in it; here it follows from the rule's name. */
export function configRuleArn({ accountId, region }: Place, name: string): string {
  const digest = createHash('sha256').update(`${accountId}/${region}/${name}`).digest('hex');
  return `arn:aws:config:${region}:${accountId}:config-rule/config-rule-${digest.slice(0, 6)}`;
}
