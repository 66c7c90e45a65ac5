import { execFile } from 'node:child_process';
import { rmSync } from 'node:fs';
import { join } from 'node:path';
import { promisify } from 'node:util';
import {
  CloudFormationClient,
  DescribeStackEventsCommand,
  DescribeStacksCommand,
  ListStackInstancesCommand,
  ListStackSetsCommand,
} from '@aws-sdk/client-cloudformation';
import { bootstrap } from '../../sandbox/cloudformation/bootstrap';
import { createCloudFormation } from '../../sandbox/cloudformation/cloudformation';
import type { CloudFormation } from '../../sandbox/cloudformation/engine';
import { synthesizeTypicalApp } from '../sandbox/cloudformation/app';
import { recordingEdge } from '../sandbox/cloudformation/fakes';
import { managementAccountId, startOrganization } from '../sandbox/cloudformation/organization';
import { projectDirectory } from '../support/run-directory';

const run = promisify(execFile);
const CallAs = 'DELEGATED_ADMIN' as const;
const patience = 120_000;

let organization: Awaited<ReturnType<typeof startOrganization>>;
let cloudFormation: CloudFormation;
let assembly: string;
let client: CloudFormationClient;

beforeAll(async () => {
  organization = await startOrganization();
  const { gateway, log, failures, hub, unitId, createAccount } = organization;
  await createAccount('first', unitId);
  await bootstrap(gateway, hub);
  assembly = synthesizeTypicalApp(hub, unitId);
  const { services } = recordingEdge();
  const objectsDirectory = join(assembly, 'objects');
  cloudFormation = createCloudFormation({
    ...{ managementAccountId, gateway, services, log, failures, objectsDirectory },
  });
  client = new CloudFormationClient({
    region: hub.region,
    endpoint: gateway.endpoint,
    credentials: gateway.administratorOf(hub.accountId),
  });
}, patience);

afterAll(async () => {
  client?.destroy();
  await cloudFormation?.stop();
  await organization?.stop();
  if (assembly) rmSync(assembly, { recursive: true, force: true });
});

/** The pinned CDK command line, as the hub's administrator, who knows nothing but the gateway. */
async function cdk(...words: string[]): Promise<void> {
  const { gateway, hub } = organization;
  await run(
    process.execPath,
    [join(projectDirectory, 'node_modules', 'aws-cdk', 'bin', 'cdk'), ...words, '--app', assembly],
    {
      cwd: assembly,
      env: {
        PATH: process.env.PATH,
        HOME: assembly,
        CI: 'true',
        CDK_DISABLE_CLI_TELEMETRY: 'true',
        AWS_ENDPOINT_URL: gateway.endpoint,
        AWS_REGION: hub.region,
        AWS_ACCESS_KEY_ID: hub.accountId,
        AWS_SECRET_ACCESS_KEY: 'any',
        AWS_EC2_METADATA_DISABLED: 'true',
      },
    },
  );
}

const standing = async () =>
  (await client.send(new DescribeStacksCommand({}))).Stacks?.map(
    ({ StackName, StackStatus }) => `${StackName} ${StackStatus}`,
  ).sort();

describe('the CDK command line', () => {
  it(
    'deploys an app into accounts that have nothing yet, and destroys it',
    async () => {
      await cdk('deploy', '--all', '--require-approval', 'never', '--concurrency', '2');
      expect(await standing()).toEqual(['hub CREATE_COMPLETE', 'stack-sets CREATE_COMPLETE']);
      const { Stacks } = await client.send(new DescribeStacksCommand({ StackName: 'hub' }));
      expect(Stacks?.[0]?.Outputs?.map(({ OutputKey }) => OutputKey)).toEqual(['QueueUrl']);
      const { Summaries } = await client.send(
        new ListStackInstancesCommand({ StackSetName: 'member', CallAs }),
      );
      expect(Summaries).toMatchObject([{ Status: 'CURRENT', Region: 'eu-west-1' }]);
      const { StackEvents } = await client.send(new DescribeStackEventsCommand({ StackName: 'hub' }));
      expect(StackEvents?.[0]).toMatchObject({ LogicalResourceId: 'hub', ResourceStatus: 'CREATE_COMPLETE' });

      await cdk('destroy', '--all', '--force', '--concurrency', '2');
      expect(await standing()).toEqual([]);
      expect((await client.send(new ListStackSetsCommand({ CallAs }))).Summaries).toEqual([]);
      expect(organization.failures.all).toEqual([]);
    },
    patience,
  );
});
