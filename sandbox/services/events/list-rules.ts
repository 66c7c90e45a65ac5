import type { ApiAnswer, ApiCall } from '../../gateway/api';
import { orArn } from '../../gateway/arn';
import { ApiError } from '../../gateway/protocols/errors';
import { page } from '../../page';
import { busArn } from './buses';
import type { EventRule } from './definitions';

/**
 * Answers ListRules: the rules on a bus of the caller's, or on the one that an ARN names.
 * https://docs.aws.amazon.com/eventbridge/latest/APIReference/API_ListRules.html
 */
export function listRules(
  { principal, region, parameters }: ApiCall,
  rulesOn: (busArn: string) => readonly EventRule[],
): ApiAnswer {
  const { EventBusName: bus = 'default', NamePrefix: prefix = '' } = parameters;
  const arn = orArn(bus, busArn({ accountId: principal.accountId, region }, String(bus)));
  const named = rulesOn(arn).filter(({ name }) => name.startsWith(String(prefix)));
  const invalidToken = () => new ApiError('ValidationException', 'The NextToken is not valid.');
  const { items, next } = page(named, Number(parameters.Limit ?? 100), parameters.NextToken, invalidToken);
  const body = {
    Rules: items.map((rule) => ({
      Name: rule.name,
      Arn: rule.arn,
      State: rule.enabled ? 'ENABLED' : 'DISABLED',
      EventBusName: rule.eventBusName,
      ...(rule.eventPattern && { EventPattern: JSON.stringify(rule.eventPattern) }),
      ...(rule.scheduleExpression !== undefined && { ScheduleExpression: rule.scheduleExpression }),
    })),
    ...(next !== undefined && { NextToken: next }),
  };
  return {
    status: 200,
    headers: { 'content-type': 'application/x-amz-json-1.1' },
    body: JSON.stringify(body),
  };
}
