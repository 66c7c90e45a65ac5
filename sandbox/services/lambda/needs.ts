import type { ApiCall } from '../../gateway/api';
import { orArn } from '../../gateway/arn';
import { anyResource, type ServiceNeeds, sameName } from '../needed';

/** https://docs.aws.amazon.com/service-authorization/latest/reference/list_awslambda.html */
export const needs: ServiceNeeds = {
  Invoke: (call) => [{ action: 'lambda:InvokeFunction', resource: functionArn(call) }],
  ...sameName('lambda', ['GetFunctionConfiguration'], functionArn),
  ...sameName('lambda', ['GetAccountSettings', 'ListFunctions'], anyResource),
};

function functionArn({ parameters, region, accountId }: ApiCall): string {
  const { FunctionName: name, Qualifier: qualifier } = parameters;
  const arn = orArn(name, `arn:aws:lambda:${region}:${accountId}:function:${name}`);
  return qualifier === undefined ? arn : `${arn}:${qualifier}`;
}
