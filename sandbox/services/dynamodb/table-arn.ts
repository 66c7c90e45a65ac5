import { orArn } from '../../gateway/arn';

/** ARN of a DynamoDB table that a call names by its name or by its ARN. */
export function tableArn(call: { region: string; accountId: string }, table: unknown): string {
  return orArn(table, `arn:aws:dynamodb:${call.region}:${call.accountId}:table/${table}`);
}
