import type { ResourceContext } from '../../../../sandbox/cloudformation/resource-type';
import { servedHere } from '../../../../sandbox/services/apigateway/address';
import { resourceTypes } from '../../../../sandbox/services/apigateway/deploy';
import { handlerContext } from '../../cloudformation/fakes';

type Type = keyof ReturnType<typeof resourceTypes>;

/** Creates resources of API Gateway, with edges that take down what they are told. */
function deployment() {
  const types = resourceTypes();
  const { calls, context } = handlerContext();
  let made = 0;
  const create = async (type: Type, properties: Record<string, unknown>) => {
    made += 1;
    const own: ResourceContext = { ...context, generatedName: () => `resource-${made}` };
    return types[type].create(JSON.parse(JSON.stringify(properties)), own);
  };
  return { calls, create };
}

const api = { Name: 'orders', EndpointConfiguration: { Types: ['REGIONAL'] } };
const uri =
  'arn:aws:apigateway:eu-west-1:lambda:path/2015-03-31/functions/arn:aws:lambda:eu-west-1:222222222222:function:f/invocations';
const method = (RestApiId: string) => ({
  RestApiId,
  ResourceId: 'r',
  HttpMethod: 'POST',
  AuthorizationType: 'AWS_IAM',
  Integration: { IntegrationHttpMethod: 'POST', Type: 'AWS_PROXY', Uri: uri },
});
const accessLog = {
  DestinationArn: 'arn:aws:logs:eu-west-1:222222222222:log-group:/a:*',
  Format: '$context.status',
};

/** An API with one method, deployed, and what a stage of it takes. */
async function deployed(policy?: object) {
  const { calls, create } = deployment();
  const { ref: RestApiId, attributes } = await create('AWS::ApiGateway::RestApi', { ...api, Policy: policy });
  const ParentId = attributes.RootResourceId;
  const { ref: ResourceId } = await create('AWS::ApiGateway::Resource', {
    ...{ RestApiId, ParentId, PathPart: 'orders' },
  });
  await create('AWS::ApiGateway::Method', { ...method(RestApiId), ResourceId });
  const { ref: DeploymentId } = await create('AWS::ApiGateway::Deployment', { RestApiId });
  return { calls, create, stage: { RestApiId, DeploymentId, StageName: 'live' } };
}

it('sets the policy of the API for each method of a stage, completed by its ARN', async () => {
  const statement = { Effect: 'Deny', Principal: '*', Action: '*', Resource: ['execute-api:/*'] };
  const { calls, create, stage } = await deployed({ Version: '2012-10-17', Statement: [statement] });
  const { ref } = await create('AWS::ApiGateway::Stage', stage);
  expect(ref).toBe('live');
  const arn = `arn:aws:execute-api:eu-west-1:222222222222:${stage.RestApiId}`;
  const set = calls.find(({ name }) => name === 'gateway.setResourcePolicy');
  expect(set?.arguments).toEqual([
    `${arn}/live/POST/orders`,
    JSON.stringify({ Version: '2012-10-17', Statement: [{ ...statement, Resource: [`${arn}/*`] }] }),
  ]);
});

it('logs only where the account has a role for it, and only what the sandbox can write', async () => {
  const { create, stage } = await deployed();
  const log = (AccessLogSetting: object) => create('AWS::ApiGateway::Stage', { ...stage, AccessLogSetting });
  await expect(log(accessLog)).rejects.toThrow('CloudWatch Logs role ARN must be set in account settings');
  const { ref } = await create('AWS::ApiGateway::Account', {
    CloudWatchRoleArn: 'arn:aws:iam::222222222222:role/l',
  });
  expect(ref).not.toBe('');
  await log(accessLog);
  await expect(log({ ...accessLog, Format: '$context.wafResponseCode' })).rejects.toThrow(/wafResponseCode/);
});

it.each<[string, Type, (restApiId: string) => Record<string, unknown>]>([
  [
    'an API at the edge',
    'AWS::ApiGateway::RestApi',
    () => ({ ...api, EndpointConfiguration: { Types: ['EDGE'] } }),
  ],
  ['an API with a body', 'AWS::ApiGateway::RestApi', () => ({ ...api, Body: {} })],
  [
    'a method that a user pool guards',
    'AWS::ApiGateway::Method',
    (id) => ({ ...method(id), AuthorizationType: 'COGNITO_USER_POOLS' }),
  ],
  ['a method that wants a key', 'AWS::ApiGateway::Method', (id) => ({ ...method(id), ApiKeyRequired: true })],
  [
    'a model that says more than the sandbox checks',
    'AWS::ApiGateway::Model',
    (RestApiId) => ({
      ...{ RestApiId, Name: 'm', ContentType: 'application/json' },
      Schema: { $schema: 'http://json-schema.org/draft-04/schema#', type: 'object', properties: {} },
    }),
  ],
  [
    'a stage with variables',
    'AWS::ApiGateway::Stage',
    (RestApiId) => ({ RestApiId, DeploymentId: 'd', StageName: 's', Variables: {} }),
  ],
])('stops at %s', async (_, type, properties) => {
  const { create } = deployment();
  const { ref } = await create('AWS::ApiGateway::RestApi', api);
  await expect(create(type, properties(ref))).rejects.toThrow(
    'The sandbox does not support these properties',
  );
});

it("leads an API's URL to the gateway, wherever it stands, and no other", () => {
  const here = 'http://127.0.0.1:4000';
  const led = (text: string) => servedHere(text, here);
  expect(led('https://abcdefghij.execute-api.eu-west-1.amazonaws.com/live/orders')).toBe(
    `${here}/_aws/execute-api/abcdefghij/live/orders`,
  );
  expect(led('{"a":"https://abcdefghij.execute-api.cn-north-1.amazonaws.com.cn/live"}')).toBe(
    `{"a":"${here}/_aws/execute-api/abcdefghij/live"}`,
  );
  for (const other of ['https://sqs.eu-west-1.amazonaws.com/1/q', 'https://a.execute-api.example.com/live'])
    expect(led(other)).toBe(other);
});
