import { DescribeOrganizationCommand, OrganizationsClient } from '@aws-sdk/client-organizations';
import { App, CfnOutput, Stack } from 'aws-cdk-lib';
import { Code, Function as LambdaFunction, Runtime } from 'aws-cdk-lib/aws-lambda';
import { parseOrganization } from '../../../../../config/organization';
import { OrdersApi } from '../../../../../infra/hub/orders-api';
import { hubSynthesizer } from '../../../../../infra/hub-synthesizer';
import { createClients } from '../../../../../sandbox/cloudformation/clients';
import { createHandlers } from '../../../../../sandbox/cloudformation/resource-types';
import { createStack } from '../../../../../sandbox/cloudformation/stack';
import { parseTemplate } from '../../../../../sandbox/cloudformation/template';
import type { LambdaService } from '../../../../../sandbox/services/lambda/definitions';
import { createLambdaService } from '../../../../../sandbox/services/lambda/lambda-service';
import { policyFile } from '../../../../infra/support/assemble';
import { recordingEdge } from '../../../cloudformation/fakes';
import { management, region, type TestSandbox } from '../../../gateway/sandbox';

/** Answers with the event that it gets. */
const echo = 'exports.handler = async (event) => ({ statusCode: 200, body: JSON.stringify(event) });';

/** The orders API of the hub's template, deployed into a sandbox, with a function that echoes its event. */
export interface DeployedApi {
  /** To which orders are posted. */
  url: string;
  lambda: LambdaService;
  /** `arn:aws:execute-api:…` of its one method, in any stage. */
  methodArn: string;
}

/** @param workDirectory inside the project, for the function's code */
export async function deployApi(sandbox: TestSandbox, workDirectory: string): Promise<DeployedApi> {
  const { gateway, events: log, failures, hub } = sandbox;
  const lambda = createLambdaService({ gateway, log, failures, timeScale: 60, workDirectory });
  const { Organization } = await new OrganizationsClient(sandbox.as(management)).send(
    new DescribeOrganizationCommand({}),
  );
  const { services } = recordingEdge();
  const stack = await createStack(
    {
      place: { accountId: hub, region },
      stackName: 'hub',
      template: parseTemplate(templateFor(hub, Organization?.Id ?? ''), 'hub'),
      parameters: {},
      asset: () => '',
      createStackSet: () => Promise.reject(new Error('There is no stack set.')),
    },
    {
      handlers: createHandlers(),
      gateway,
      services: { ...services, lambda },
      clientOf: createClients(gateway),
    },
  );
  const url = stack.outputs.Url ?? '';
  const [, apiId = ''] = /execute-api\/(\w+)\//.exec(url) ?? [];
  return { url, lambda, methodArn: `arn:aws:execute-api:${region}:${hub}:${apiId}/*/POST/orders` };
}

function templateFor(hub: string, organizationId: string): unknown {
  vi.stubEnv('CDK_VALIDATION', 'false');
  const app = new App({ analyticsReporting: false });
  const stack = new Stack(app, 'hub', { env: { account: hub, region }, synthesizer: hubSynthesizer() });
  const handler = new LambdaFunction(stack, 'Handler', {
    functionName: 'echo',
    runtime: Runtime.NODEJS_24_X,
    handler: 'index.handler',
    code: Code.fromInline(echo),
  });
  const policy = policyFile('off')
    .replaceAll('222222222222', hub)
    .replace(/id: o-\w+/, `id: ${organizationId}`);
  const { url } = new OrdersApi(stack, 'Orders', {
    organization: parseOrganization(policy, 'organization.yaml'),
    handler,
  });
  new CfnOutput(stack, 'Url', { value: url });
  const template: unknown = app.synth().getStackByName('hub').template;
  vi.unstubAllEnvs();
  return template;
}
