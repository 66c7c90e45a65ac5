import { readFileSync } from 'node:fs';
import { join } from 'node:path';
import { App, Stack } from 'aws-cdk-lib';
import { Code, Function as LambdaFunction, Runtime } from 'aws-cdk-lib/aws-lambda';
import { parseOrganization } from '../../config/organization';
import { functionNames, ordersUrlParameter } from '../../core/names';
import type { Assembly, Template } from '../../infra/assembly';
import { OrdersApi, ordersThrottle } from '../../infra/hub/orders-api';
import {
  assemble,
  flat,
  hubAccount,
  onlyOf,
  organizationId,
  policyFile,
  propertiesOf,
  resourcesOf,
  roleNamesIn,
  roleStatements,
  stackTemplate,
  statementsOf,
} from './support/assemble';

describe("the door for people's orders", () => {
  let assembly: Assembly;
  let hub: Template;

  beforeAll(async () => {
    assembly = await assemble();
    hub = stackTemplate(assembly, 'staunch-hub');
  }, 60_000);

  /** What belongs to this door alone: Slack's has an API of its own. */
  const ofOrders = (): Template => ({
    Resources: Object.fromEntries(Object.entries(hub.Resources).filter(([id]) => id.startsWith('Orders'))),
  });
  const only = (type: string) => onlyOf(ofOrders(), type);

  it('is one Regional REST API with one method, which takes requests that IAM has verified', () => {
    expect(only('AWS::ApiGateway::RestApi')).toMatchObject({
      Name: 'staunch-orders',
      EndpointConfiguration: { Types: ['REGIONAL'] },
      SecurityPolicy: 'SecurityPolicy_TLS13_1_3_2025_09',
      EndpointAccessMode: 'STRICT',
    });
    expect(only('AWS::ApiGateway::Resource')).toMatchObject({ PathPart: 'orders' });
    expect(only('AWS::ApiGateway::Method')).toMatchObject({
      HttpMethod: 'POST',
      AuthorizationType: 'AWS_IAM',
      Integration: { Type: 'AWS_PROXY', TimeoutInMillis: 29_000 },
    });
  });

  it('lets in other accounts of the organization, refuses strangers, and leaves the hub to IAM', () => {
    expect(statementsOf(only('AWS::ApiGateway::RestApi').Policy)).toEqual([
      {
        sid: 'TakeOrdersOfMembers',
        effect: 'Allow',
        actions: ['execute-api:Invoke'],
        resources: ['execute-api:/staunch/POST/orders'],
        principal: { AWS: '*' },
        conditions: {
          StringEquals: { 'aws:PrincipalOrgID': organizationId },
          StringNotEquals: { 'aws:PrincipalAccount': hubAccount },
        },
      },
      {
        sid: 'RefuseStrangers',
        effect: 'Deny',
        actions: ['execute-api:Invoke'],
        resources: ['execute-api:/*'],
        principal: { AWS: '*' },
        conditions: { StringNotEquals: { 'aws:PrincipalOrgID': organizationId } },
      },
    ]);
  });

  it('is throttled so that orders that last as long as they may leave most executions to the rest of the hub', () => {
    const [settings, ...more] = only('AWS::ApiGateway::Stage').MethodSettings as Record<string, unknown>[];
    expect(more).toEqual([]);
    expect(settings).toMatchObject({
      HttpMethod: '*',
      ResourcePath: '/*',
      ThrottlingRateLimit: 10,
      ThrottlingBurstLimit: 50,
      DataTraceEnabled: false,
    });
    const { Timeout } = propertiesOf(hub, 'AWS::Lambda::Function', 'FunctionName', functionNames.orders);
    expect(ordersThrottle.rate * Number(Timeout) + ordersThrottle.burst).toBeLessThan(1_000 / 2);
  });

  it('logs who asked and what came of it, in a group of its own, and no bodies', () => {
    const { AccessLogSetting, TracingEnabled } = only('AWS::ApiGateway::Stage') as {
      AccessLogSetting: { DestinationArn: unknown; Format: string };
      TracingEnabled: boolean;
    };
    expect(TracingEnabled).toBe(false);
    const logged = JSON.parse(AccessLogSetting.Format) as Record<string, string>;
    expect(logged).toMatchObject({
      requestId: '$context.requestId',
      account: '$context.identity.accountId',
      userArn: '$context.identity.userArn',
      status: '$context.status',
    });
    expect(Object.values(logged).filter((value) => /body|header|userAgent|\.path$/i.test(value))).toEqual([]);
    const group = propertiesOf(hub, 'AWS::Logs::LogGroup', 'LogGroupName', '/aws/apigateway/staunch-orders');
    expect(group).toMatchObject({ RetentionInDays: 365 });
    expect(flat(AccessLogSetting.DestinationArn)).toContain('OrdersApiAccessLog');
  });

  it("leaves the account's right to log, which every API shares, when the stack goes", () => {
    const [[accountId, account] = ['', undefined]] = resourcesOf(ofOrders(), 'AWS::ApiGateway::Account');
    const [roleId] = flat(account?.Properties?.CloudWatchRoleArn).slice(2).split('.');
    const role = hub.Resources[roleId ?? ''];
    for (const kept of [account, role])
      expect(kept).toMatchObject({ DeletionPolicy: 'Retain', UpdateReplacePolicy: 'Retain' });
    // A name would be in the way of the next deployment, since the role is still there.
    expect(role?.Properties).not.toHaveProperty('RoleName');
    const [[, stage] = ['', undefined]] = resourcesOf(ofOrders(), 'AWS::ApiGateway::Stage');
    expect(stage).toMatchObject({ DependsOn: [accountId] });
    // In an account that never had an API the setting fails before the first.
    const [[apiId] = ['']] = resourcesOf(ofOrders(), 'AWS::ApiGateway::RestApi');
    expect(account).toMatchObject({ DependsOn: [apiId] });
  });

  it('asks for a body, which has to be an order by its looks', () => {
    expect(only('AWS::ApiGateway::RequestValidator')).toMatchObject({ ValidateRequestBody: true });
    expect(only('AWS::ApiGateway::Model').Schema).toMatchObject({
      type: 'object',
      required: ['version', 'key', 'order'],
    });
    expect(only('AWS::ApiGateway::Method').RequestModels).toEqual({
      'application/json': { Ref: expect.stringMatching(/^OrdersApi/) },
    });
  });

  it('is found by its address: an output of the stack, and a parameter of the account', () => {
    const address = flat(propertiesOf(hub, 'AWS::SSM::Parameter', 'Name', ordersUrlParameter).Value);
    expect(address).toMatch(
      /^https:\/\/\$\{OrdersApi\w+\}\.execute-api\.eu-west-1\.\$\{AWS::URLSuffix\}\/\$\{\w*Stage\w+\}\/orders$/,
    );
    expect(flat(hub.Outputs?.OrdersUrl?.Value)).toBe(address);
  });

  it('judges by the very policy that the coordinator acts by', () => {
    const [policy, ofCoordinator] = [functionNames.orders, functionNames.coordinator].map((name) => {
      const { Code } = propertiesOf(hub, 'AWS::Lambda::Function', 'FunctionName', name);
      const { S3Key } = Code as { S3Key: string };
      const asset = assembly.stacks[0]?.assets.find(({ objectKey }) => objectKey === S3Key);
      return readFileSync(join(asset?.path ?? '', 'policy.json'), 'utf8');
    });
    expect(policy).toBe(ofCoordinator);
  });

  it('may be opened by API Gateway alone, for that method', () => {
    const permissions = resourcesOf(hub, 'AWS::Lambda::Permission')
      .map(([, { Properties = {} }]) => Properties)
      .filter(({ FunctionName }) => flat(FunctionName).includes('OrdersFunction'));
    expect(permissions).toHaveLength(1);
    expect(permissions[0]).toMatchObject({
      Action: 'lambda:InvokeFunction',
      Principal: 'apigateway.amazonaws.com',
    });
    expect(flat(permissions[0]?.SourceArn)).toMatch(/\/\$\{\w*Stage\w+\}\/POST\/orders$/);
  });
});

describe('the coordinator', () => {
  it('is invoked by the functions of the door and by its schedule, and by nothing else of the hub', async () => {
    const hub = stackTemplate(await assemble(), 'staunch-hub');
    const coordinator = '${Coordinator';
    const invoking = roleNamesIn(hub).filter((role) =>
      roleStatements(hub, role).some(
        ({ actions, resources }) =>
          actions.some((action) => action.startsWith('lambda:')) &&
          resources.some((resource) => resource.includes(coordinator) || resource.includes('*')),
      ),
    );
    expect(invoking.sort()).toEqual([functionNames.orders, functionNames.slackActions]);
    const admitted = resourcesOf(hub, 'AWS::Lambda::Permission')
      .map(([, { Properties = {} }]) => Properties)
      .filter(({ FunctionName }) => flat(FunctionName).startsWith(coordinator));
    expect(admitted.map(({ Principal, SourceArn }) => [Principal, flat(SourceArn)])).toEqual([
      ['events.amazonaws.com', expect.stringContaining('Sweep')],
    ]);
  });
});

describe.each([
  ['aws', 'eu-west-1', 'amazonaws.com'],
  ['aws-us-gov', 'us-gov-west-1', 'amazonaws.com'],
  ['aws-cn', 'cn-north-1', 'amazonaws.com.cn'],
])('the API in a Region of %s', (partition, region, suffix) => {
  /** What the API brings, with the names of the partition in it, as CloudFormation would put them there. */
  function apiIn(): Template {
    // The CDK's own rules are checked over the whole app.
    vi.stubEnv('CDK_VALIDATION', 'false');
    const stack = new Stack(new App({ analyticsReporting: false }), 'hub', {
      env: { account: hubAccount, region },
    });
    const handler = new LambdaFunction(stack, 'Handler', {
      runtime: Runtime.NODEJS_24_X,
      handler: 'index.handler',
      code: Code.fromInline('exports.handler = () => {}'),
    });
    const organization = parseOrganization(policyFile('off'), 'organization.yaml');
    new OrdersApi(stack, 'Orders', { organization, handler });
    const [artifact] = stack.node.root instanceof App ? stack.node.root.synth().stacks : [];
    const template: Template = artifact?.template;
    const isOfApi = (id: string) => id.startsWith('Orders');
    return {
      Resources: Object.fromEntries(Object.entries(template.Resources).filter(([id]) => isOfApi(id))),
    };
  }

  afterEach(() => vi.unstubAllEnvs());

  it("names nothing of another partition's", () => {
    const text = JSON.stringify(apiIn())
      .replaceAll('{"Ref":"AWS::Partition"}', `"${partition}"`)
      .replaceAll('{"Ref":"AWS::URLSuffix"}', `"${suffix}"`);
    const partitions = [...text.matchAll(/arn:(?:"?,"?)?(aws[\w-]*)/g)].map(([, named]) => named);
    expect(new Set(partitions)).toEqual(new Set([partition]));
    expect(partitions.length).toBeGreaterThanOrEqual(3);
  });
});
