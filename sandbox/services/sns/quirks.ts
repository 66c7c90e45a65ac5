import { randomUUID } from 'node:crypto';
import type { ApiAnswer, ApiCall } from '../../gateway/api';
import type { Learned } from '../../gateway/learned';
import type { MotoConnection, MotoRequest } from '../../gateway/moto-connection';
import { ApiError } from '../../gateway/protocols/errors';
import { namesMissingPrincipal } from '../iam/missing-principals';
import type { Quirks } from '../service';
import { permissionOf, withoutPermission, withPermission } from './permissions';
import { policySetBy } from './policy';
import { readTopicPolicy } from './topic-policy';

/** What SNS does and moto does not: principals that have to exist, and permissions beside statements without a label. */
export const quirks: Quirks = {
  check,
  async askMoto(call, request, moto) {
    const changesStatements = call.operation === 'AddPermission' || call.operation === 'RemovePermission';
    return changesStatements ? changeStatements(call, request, moto) : moto.send(request);
  },
};

/** @throws ApiError for a policy that names who does not exist */
function check(call: ApiCall, learned: Learned): void {
  const text = policySetBy(call);
  if (text !== undefined && namesMissingPrincipal(String(text), learned)) {
    throw new ApiError('InvalidParameter', 'Invalid parameter: Policy Error: PrincipalNotFound');
  }
}

/**
 * AddPermission and RemovePermission as a change of the whole policy: moto fails where a statement has no `Sid`.
 * @throws ApiError when the topic does not exist, or the parameters say nothing
 */
async function changeStatements(
  { operation, parameters, accountId, region }: ApiCall,
  request: MotoRequest,
  moto: MotoConnection,
): Promise<ApiAnswer> {
  const topicArn = String(parameters.TopicArn);
  const text = await readTopicPolicy({ accountId, region, topicArn }, moto);
  if (text === undefined) throw new ApiError('NotFound', 'Topic does not exist', 404);
  const changed =
    operation === 'AddPermission'
      ? withPermission(text, topicArn, permissionOf(parameters))
      : withoutPermission(text, String(parameters.Label));
  const body = new URLSearchParams({
    Action: 'SetTopicAttributes',
    Version: '2010-03-31',
    TopicArn: topicArn,
    AttributeName: 'Policy',
    AttributeValue: changed,
  });
  const headers = { ...request.headers, 'content-type': 'application/x-www-form-urlencoded; charset=utf-8' };
  const answer = await moto.send({
    ...request,
    ...{ method: 'POST', url: '/', headers, body: Buffer.from(body.toString()) },
  });
  if (answer.status >= 300) return answer;
  return {
    status: 200,
    headers: { 'content-type': 'text/xml' },
    body:
      `<${operation}Response xmlns="http://sns.amazonaws.com/doc/2010-03-31/">` +
      `<ResponseMetadata><RequestId>${randomUUID()}</RequestId></ResponseMetadata></${operation}Response>`,
  };
}
