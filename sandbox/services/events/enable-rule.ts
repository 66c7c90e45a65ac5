import type { ApiAnswer, ApiCall } from '../../gateway/api';
import { ApiError } from '../../gateway/protocols/errors';
import { busArn } from './buses';
import type { EventRule } from './definitions';

/**
 * Answers EnableRule: enables a rule by its name, also one that is enabled.
 * https://docs.aws.amazon.com/eventbridge/latest/APIReference/API_EnableRule.html
 * @throws ApiError where there is none
 */
export function enableRule(
  { principal, region, parameters }: ApiCall,
  rulesOn: (busArn: string) => readonly EventRule[],
  put: (rule: EventRule) => void,
): ApiAnswer {
  const { Name: name, EventBusName: bus = 'default' } = parameters;
  const arn = busArn({ accountId: principal.accountId, region }, String(bus));
  const rule = rulesOn(arn).find((each) => each.name === name);
  if (rule === undefined)
    throw new ApiError('ResourceNotFoundException', `Rule ${name} does not exist on EventBus ${bus}.`);
  if (!rule.enabled) put({ ...rule, enabled: true });
  return { status: 200, headers: { 'content-type': 'application/x-amz-json-1.1' }, body: '{}' };
}
