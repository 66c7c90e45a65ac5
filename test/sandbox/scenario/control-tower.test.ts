import { CloudTrailClient, DescribeTrailsCommand, GetTrailStatusCommand } from '@aws-sdk/client-cloudtrail';
import {
  ConfigServiceClient,
  DescribeConfigurationRecorderStatusCommand,
  DescribeConfigurationRecordersCommand,
} from '@aws-sdk/client-config-service';
import { DescribeRegionsCommand, DescribeSecurityGroupsCommand, EC2Client } from '@aws-sdk/client-ec2';
import { CreateRoleCommand, IAMClient, ListRolePoliciesCommand, ListRolesCommand } from '@aws-sdk/client-iam';
import {
  DetachPolicyCommand,
  ListPoliciesForTargetCommand,
  OrganizationsClient,
} from '@aws-sdk/client-organizations';
import { type ClientClass, createClients } from '../../../sandbox/cloudformation/clients';
import type { StackSetRequest } from '../../../sandbox/cloudformation/stack-sets/definition';
import type { Sandbox } from '../../../sandbox/sandbox';
import {
  controlTowerNames,
  optInRegion,
  unusual,
} from '../../../sandbox/scenario/control-tower/organization';
import { startControlTowerSandbox } from '../../../sandbox/scenario/control-tower/sandbox';
import { startTestMoto } from '../../support/moto';
import { projectDirectory } from '../../support/run-directory';

const home = 'eu-west-1';
let sandbox: Sandbox;

beforeAll(async () => {
  sandbox = await startControlTowerSandbox({ projectDirectory, timeScale: 60, moto: startTestMoto });
}, 60_000);

afterAll(() => sandbox?.stop());

function as<Client>(name: string, clientClass: ClientClass<Client>, region = home): Client {
  return createClients(sandbox.gateway)({ accountId: idOf(name), region }, clientClass);
}

function idOf(name: string): string {
  return sandbox.organization.accounts[name] ?? sandbox.organization.managementAccountId;
}

const roleTrust = {
  Version: '2012-10-17',
  Statement: [{ Effect: 'Allow', Principal: { Service: 'lambda.amazonaws.com' }, Action: 'sts:AssumeRole' }],
};

/** A stack set over Workloads and Sandbox that forgives every failure. */
function stackSet(name: string, Resources: object, regions: string[]): StackSetRequest {
  const { hub, organization } = sandbox;
  return {
    name,
    administrator: hub,
    callAs: 'DELEGATED_ADMIN',
    capabilities: ['CAPABILITY_NAMED_IAM'],
    template: { Resources } as StackSetRequest['template'],
    parameters: {},
    autoDeployment: { enabled: false, retainStacksOnAccountRemoval: false, dependsOn: [] },
    managedExecution: true,
    preferences: {
      regionOrder: [],
      regionConcurrency: 'PARALLEL',
      concurrencyMode: 'SOFT_FAILURE_TOLERANCE',
      maxConcurrentPercentage: 100,
      failureToleranceCount: 99,
    },
    groups: [
      {
        organizationalUnitIds: [organization.units.Workloads ?? '', organization.units.Sandbox ?? ''],
        accountFilter: { type: 'NONE', accountIds: [] },
        regions,
      },
    ],
    asset: () => '',
  };
}

/** What became of each instance that is not current, by account and Region. */
async function notCurrent(request: StackSetRequest): Promise<Record<string, string>> {
  const { cloudFormation, organization } = sandbox;
  const { stackSetId } = await cloudFormation.stackSets.create(request);
  const names = new Map(Object.entries(organization.accounts).map(([name, id]) => [id, name]));
  const instances = [...cloudFormation.stackSets.named(stackSetId).instances.values()];
  return Object.fromEntries(
    instances.flatMap(({ place, status, detailedStatus, statusReason }) =>
      status === 'CURRENT'
        ? []
        : [[`${names.get(place.accountId)} ${place.region}`, statusReason ?? detailedStatus]],
    ),
  );
}

describe("an organization of Control Tower's shape", () => {
  it('has recorders, and a trail that every member sees', async () => {
    const config = as('payments', ConfigServiceClient);
    const { ConfigurationRecorders } = await config.send(new DescribeConfigurationRecordersCommand({}));
    expect(ConfigurationRecorders).toMatchObject([
      { name: controlTowerNames.recorder, recordingMode: { recordingFrequency: 'CONTINUOUS' } },
    ]);
    const { ConfigurationRecordersStatus } = await config.send(
      new DescribeConfigurationRecorderStatusCommand({}),
    );
    expect(ConfigurationRecordersStatus).toMatchObject([{ recording: true }]);
    const trails = as('payments', CloudTrailClient, 'us-east-1');
    const { trailList = [] } = await trails.send(new DescribeTrailsCommand({}));
    expect(trailList).toMatchObject([{ Name: controlTowerNames.trail, IsOrganizationTrail: true }]);
    const { IsLogging } = await trails.send(new GetTrailStatusCommand({ Name: trailList[0]?.TrailARN }));
    expect(IsLogging).toBe(true);
  });

  it('denies by service control policy, in the words of AWS, and spares Control Tower and management', async () => {
    const make = (client: IAMClient, RoleName: string) =>
      client.send(new CreateRoleCommand({ RoleName, AssumeRolePolicyDocument: JSON.stringify(roleTrust) }));
    await expect(make(as(unusual.denied, IAMClient), 'mine')).rejects.toMatchObject({
      name: 'AccessDenied',
      message: expect.stringContaining('with an explicit deny in a service control policy'),
    });
    await expect(make(as('payments', IAMClient), 'aws-controltower-mine')).rejects.toMatchObject({
      name: 'AccessDenied',
    });
    await make(as('management', IAMClient), 'aws-controltower-mine');
  });

  it('refuses calls in a Region that an account has not opted in to, and tells who asks', async () => {
    const { region, exceptIn } = optInRegion;
    const asked = as(exceptIn, EC2Client, region).send(new DescribeSecurityGroupsCommand({}));
    await expect(asked).rejects.toMatchObject({ name: 'AuthFailure' });
    await as('payments', EC2Client, region).send(new DescribeSecurityGroupsCommand({}));
    const regionsOf = async (name: string) => {
      const { Regions = [] } = await as(name, EC2Client).send(
        new DescribeRegionsCommand({ AllRegions: true, RegionNames: [home, region] }),
      );
      return Regions.map(({ OptInStatus }) => OptInStatus);
    };
    expect(await regionsOf('payments')).toEqual(['opt-in-not-required', 'opted-in']);
    expect(await regionsOf(exceptIn)).toEqual(['opt-in-not-required', 'not-opted-in']);
  });

  it('lets a stack set fail where it would in AWS, roll back there, and say why', async () => {
    const Role = {
      Type: 'AWS::IAM::Role',
      Properties: { RoleName: 'member', AssumeRolePolicyDocument: roleTrust },
    };
    const Parameter = {
      Type: 'AWS::SSM::Parameter',
      Properties: { Type: 'String', Name: 'made', Value: 'made' },
    };
    const failed = await notCurrent(stackSet('roles', { Role, Parameter }, [home]));
    expect(failed).toEqual({
      'departed eu-west-1': 'SKIPPED_SUSPENDED_ACCOUNT',
      'regulated eu-west-1': expect.stringMatching(
        /^ResourceLogicalId:Role, ResourceType:AWS::IAM::Role, ResourceStatusReason:.*stacksets-exec-.*explicit deny in a service control policy\.$/,
      ),
    });
    const { Roles = [] } = await as('payments', IAMClient).send(new ListRolesCommand({}));
    expect(Roles.map(({ RoleName }) => RoleName)).toContain('member');
    const stacks = sandbox.cloudFormation.stacks.in({ accountId: idOf('regulated'), region: home });
    expect(stacks.map(({ status }) => status)).toEqual(['ROLLBACK_COMPLETE']);
    expect(stacks[0]?.resources.get('Parameter')?.status).toBe('DELETE_COMPLETE');

    const Queue = { Type: 'AWS::SQS::Queue', Properties: { QueueName: 'regional' } };
    const { region, exceptIn } = optInRegion;
    expect(await notCurrent(stackSet('queues', { Queue }, [region]))).toMatchObject({
      [`${exceptIn} ${region}`]: expect.stringContaining('InvalidClientTokenId'),
    });
  });

  it('updates a role in place, and tries what failed again', async () => {
    const role = (...Policies: object[]) => ({
      Type: 'AWS::IAM::Role',
      Properties: { RoleName: 'updated', AssumeRolePolicyDocument: roleTrust, Policies },
    });
    const inline = (PolicyName: string) => ({
      PolicyName,
      PolicyDocument: {
        Version: '2012-10-17',
        Statement: [{ Effect: 'Allow', Action: 'sqs:ListQueues', Resource: '*' }],
      },
    });
    const policies = async () =>
      (await as('payments', IAMClient).send(new ListRolePoliciesCommand({ RoleName: 'updated' })))
        .PolicyNames;
    await notCurrent(stackSet('updated', { Role: role(inline('first')) }, [home]));
    expect(await policies()).toEqual(['first']);
    const failed = await notCurrent(stackSet('updated', { Role: role(inline('second')) }, [home]));
    expect(await policies()).toEqual(['second']);
    expect(Object.keys(failed).sort()).toEqual(['departed eu-west-1', 'regulated eu-west-1']);
  });

  it('refuses another recorder: by its control, and, where there is none, as AWS Config does', async () => {
    const organizations = as('management', OrganizationsClient, 'us-east-1');
    const TargetId = sandbox.organization.units.Sandbox;
    const { Policies = [] } = await organizations.send(
      new ListPoliciesForTargetCommand({ TargetId, Filter: 'SERVICE_CONTROL_POLICY' }),
    );
    const control = Policies.find(({ Name }) => Name === 'aws-guardrails-mandatory');
    await organizations.send(new DetachPolicyCommand({ PolicyId: control?.Id, TargetId }));
    const Recorder = {
      Type: 'AWS::Config::ConfigurationRecorder',
      Properties: { RoleARN: 'arn:aws:iam::100000000002:role/recorder' },
    };
    const failed = await notCurrent(stackSet('recorders', { Recorder }, [home]));
    expect(failed['payments eu-west-1']).toContain('explicit deny in a service control policy');
    expect(failed['playground eu-west-1']).toContain(
      "Failed to put configuration recorder 'default' because the maximum number of configuration recorders: 1 is reached.",
    );
    expect(sandbox.failures.all).toEqual([]);
  });
});
