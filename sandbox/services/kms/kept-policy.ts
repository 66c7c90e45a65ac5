import type { ApiAnswer, ApiCall } from '../../gateway/api';
import type { MotoRequest } from '../../gateway/moto-connection';
import { jsonForMoto, parseJsonBody } from '../../gateway/protocols/json';

/**
 * A request with its key policy written so that moto keeps it and cannot read it: moto denies DescribeKey to everybody where any
 * statement denies it to anybody. The gateway has decided by then. Without a `PolicyName` AWS means the only one that there is:
 * https://docs.aws.amazon.com/kms/latest/APIReference/API_GetKeyPolicy.html
 */
export function withUnreadPolicy({ operation, parameters }: ApiCall, request: MotoRequest): MotoRequest {
  const { Policy } = parameters;
  const namesPolicy = operation === 'GetKeyPolicy' || operation === 'PutKeyPolicy';
  const setsPolicy =
    typeof Policy === 'string' && (operation === 'CreateKey' || operation === 'PutKeyPolicy');
  if (!namesPolicy && !setsPolicy) return request;
  const changed = {
    ...parameters,
    ...(namesPolicy && parameters.PolicyName === undefined && { PolicyName: 'default' }),
    ...(setsPolicy && { Policy: Buffer.from(Policy).toString('base64url') }),
  };
  return { ...request, body: jsonForMoto(JSON.stringify(changed)) };
}

/** moto's answer with the key policy as it was set; one that moto made itself is readable. */
export function withReadPolicy({ operation }: ApiCall, answer: ApiAnswer): ApiAnswer {
  if (operation !== 'GetKeyPolicy' || answer.status !== 200) return answer;
  const { Policy, ...others } = parseJsonBody(Buffer.from(answer.body));
  const kept = String(Policy);
  const text = kept.startsWith('{') ? kept : Buffer.from(kept, 'base64url').toString();
  return { ...answer, body: JSON.stringify({ ...others, Policy: text, PolicyName: 'default' }) };
}
