import { functionNames, slackUrlParameter } from '../../core/names';
import type { Template } from '../../infra/assembly';
import { slackThrottle } from '../../infra/hub/slack-api';
import {
  assemble,
  assembleFor,
  flat,
  onlyOf,
  policyFile,
  propertiesOf,
  resourcesOf,
  roleStatements,
  stackTemplate,
  statementsOf,
} from './support/assemble';

describe("the door's route for Slack", () => {
  let hub: Template;

  beforeAll(async () => {
    hub = stackTemplate(await assemble(), 'staunch-hub');
  }, 60_000);

  const ofSlack = (): Template => ({
    Resources: Object.fromEntries(Object.entries(hub.Resources).filter(([id]) => id.startsWith('Slack'))),
  });
  const only = (type: string) => onlyOf(ofSlack(), type);

  it('is a REST API of its own, with one method that asks AWS nothing of who calls', () => {
    expect(only('AWS::ApiGateway::RestApi')).toMatchObject({
      Name: 'staunch-slack',
      EndpointConfiguration: { Types: ['REGIONAL'] },
      // Slack promises no TLS 1.3.
      SecurityPolicy: 'SecurityPolicy_TLS13_1_2_PFS_PQ_2025_09',
      EndpointAccessMode: 'STRICT',
    });
    expect(only('AWS::ApiGateway::Resource')).toMatchObject({ PathPart: 'slack' });
    expect(only('AWS::ApiGateway::Method')).toMatchObject({
      HttpMethod: 'POST',
      AuthorizationType: 'NONE',
      Integration: { Type: 'AWS_PROXY', TimeoutInMillis: 10_000 },
    });
  });

  it('lets anybody post there, and nowhere else', () => {
    expect(statementsOf(only('AWS::ApiGateway::RestApi').Policy)).toEqual([
      {
        sid: 'TakeWhatSlackSends',
        effect: 'Allow',
        actions: ['execute-api:Invoke'],
        resources: ['execute-api:/staunch/POST/slack'],
        principal: { AWS: '*' },
        conditions: undefined,
      },
    ]);
  });

  it('has a throttle of its own, so that strangers keep nobody from the other door, nor the hub from its work', () => {
    const [settings] = only('AWS::ApiGateway::Stage').MethodSettings as Record<string, unknown>[];
    expect(settings).toMatchObject({
      ThrottlingRateLimit: slackThrottle.rate,
      ThrottlingBurstLimit: slackThrottle.burst,
      DataTraceEnabled: false,
    });
    const { Timeout } = propertiesOf(hub, 'AWS::Lambda::Function', 'FunctionName', functionNames.slackFront);
    expect(slackThrottle.rate * Number(Timeout) + slackThrottle.burst).toBeLessThan(1_000 / 2);
  });

  it('logs what came of each request, and no bodies, after the account may log', () => {
    const { AccessLogSetting } = only('AWS::ApiGateway::Stage') as { AccessLogSetting: { Format: string } };
    const logged = Object.values(JSON.parse(AccessLogSetting.Format) as Record<string, string>);
    expect(logged).toContain('$context.status');
    expect(logged.filter((value) => /body|header|userArn|\.path$/i.test(value))).toEqual([]);
    const [[setting] = ['']] = resourcesOf(hub, 'AWS::ApiGateway::Account');
    const [[, stage] = ['', undefined]] = resourcesOf(ofSlack(), 'AWS::ApiGateway::Stage');
    expect(stage).toMatchObject({ DependsOn: [setting] });
    expect(resourcesOf(hub, 'AWS::ApiGateway::Account')).toHaveLength(1);
  });

  it('is found by its address: an output of the stack, and a parameter of the account', () => {
    const address = flat(propertiesOf(hub, 'AWS::SSM::Parameter', 'Name', slackUrlParameter).Value);
    expect(address).toMatch(/^https:\/\/.*\/slack$/);
    expect(flat(hub.Outputs?.SlackUrl?.Value)).toBe(address);
  });

  it('holds no secret: what fills the signing secret is none of Slack’s', () => {
    const { GenerateSecretString } = only('AWS::SecretsManager::Secret') as {
      GenerateSecretString: { SecretStringTemplate: string };
    };
    expect(JSON.parse(GenerateSecretString.SecretStringTemplate)).toEqual({ set: expect.any(String) });
    expect(only('AWS::SecretsManager::Secret')).not.toHaveProperty('SecretString');
  });

  it('lets the function that strangers reach read two secrets, remember requests, and fill one queue', () => {
    const statements = roleStatements(hub, functionNames.slackFront);
    expect(statements.flatMap(({ actions }) => actions).sort()).toEqual([
      'dynamodb:DeleteItem',
      'dynamodb:PutItem',
      'logs:CreateLogStream',
      'logs:PutLogEvents',
      'secretsmanager:GetSecretValue',
      'sqs:SendMessage',
    ]);
  });

  it('lets the function behind it reach neither findings nor members', () => {
    const actions = roleStatements(hub, functionNames.slackActions).flatMap((statement) => statement.actions);
    expect(actions).not.toContain('sts:AssumeRole');
    expect(actions).not.toContain('dynamodb:Scan');
    expect(actions).not.toContain('dynamodb:DeleteItem');
  });

  it('keeps what cannot be done: a batch fails in part, and what fails for long is a dead letter with an alarm', () => {
    const mapping = resourcesOf(ofSlack(), 'AWS::Lambda::EventSourceMapping').map(
      ([, one]) => one.Properties,
    );
    expect(mapping).toMatchObject([
      {
        BatchSize: 1,
        FunctionResponseTypes: ['ReportBatchItemFailures'],
        ScalingConfig: { MaximumConcurrency: 5 },
      },
    ]);
    const alarms = resourcesOf(hub, 'AWS::CloudWatch::Alarm').map(([, one]) => one.Properties?.AlarmName);
    expect(alarms).toEqual(
      expect.arrayContaining([
        'staunch-slack-actions-dead-letters',
        'staunch-slack-actions-waits',
        'staunch-slack-actions-errors',
        'staunch-slack-errors',
      ]),
    );
  });
});

it('is not deployed where the policy names no workspace and app', async () => {
  const policy = policyFile('off').replace(', team: T0123456789, app: A0123456789', '');
  const hub = stackTemplate(await assembleFor(policy), 'staunch-hub');
  expect(Object.keys(hub.Resources).filter((id) => /^Slack/.test(id))).toEqual([]);
  expect(hub.Outputs).not.toHaveProperty('SlackUrl');
  const names = resourcesOf(hub, 'AWS::Lambda::Function').map(([, one]) => one.Properties?.FunctionName);
  expect(names).not.toContain(functionNames.slackFront);
}, 60_000);
