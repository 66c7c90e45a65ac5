import { createHash } from 'node:crypto';
import type { Place } from '../events';
/** The account in an ARN, or undefined where `value` is no ARN or names none. */
export function accountOfArn(value: unknown): string | undefined {
  if (typeof value !== 'string' || !value.startsWith('arn:')) return undefined;
  const accountId = value.split(':')[4] ?? '';
  return /^\d{12}$/.test(accountId) ? accountId : undefined;
}

/** The account and name of a queue by its URL, or undefined where `value` is not a queue's URL. */
export function queueOfUrl(value: unknown): { accountId: string; name: string } | undefined {
  const [, accountId, name] = typeof value === 'string' ? (/\/(\d{12})\/([^/?]+)$/.exec(value) ?? []) : [];
  return accountId && name ? { accountId, name } : undefined;
}

/** `value` when it is an ARN, else `arn`. */
export function orArn(value: unknown, arn: string): string {
  return typeof value === 'string' && value.startsWith('arn:') ? value : arn;
}

/** ARN of a DynamoDB table that a call names by its name or by its ARN. */
export function tableArn(call: { region: string; accountId: string }, table: unknown): string {
  return orArn(table, `arn:aws:dynamodb:${call.region}:${call.accountId}:table/${table}`);
}

/** The ARN of an AWS Config rule. AWS Config chooses the id in it; here it follows from the rule's name. */
export function configRuleArn({ accountId, region }: Place, name: string): string {
  const digest = createHash('sha256').update(`${accountId}/${region}/${name}`).digest('hex');
  return `arn:aws:config:${region}:${accountId}:config-rule/config-rule-${digest.slice(0, 6)}`;
}
