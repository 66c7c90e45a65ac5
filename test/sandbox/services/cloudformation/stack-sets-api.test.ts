import {
  ActivateOrganizationsAccessCommand,
  CloudFormationClient,
  CreateStackInstancesCommand,
  DeleteStackInstancesCommand,
  DeleteStackSetCommand,
  DescribeOrganizationsAccessCommand,
  DescribeStackInstanceCommand,
  DescribeStackSetCommand,
  DescribeStackSetOperationCommand,
  ListStackInstancesCommand,
  ListStackSetOperationResultsCommand,
  ListStackSetOperationsCommand,
  ListStackSetsCommand,
  paginateListStackInstances,
  StopStackSetOperationCommand,
  UpdateStackInstancesCommand,
} from '@aws-sdk/client-cloudformation';
import type { CloudFormation } from '../../../../sandbox/cloudformation/engine';
import { defaultPreferences } from '../../../../sandbox/cloudformation/stack-sets/definition';
import { createStackSets, type StackSets } from '../../../../sandbox/cloudformation/stack-sets/stack-sets';
import { Stacks } from '../../../../sandbox/cloudformation/stacks/stacks';
import type { Gateway } from '../../../../sandbox/gateway/api';
import { startGateway } from '../../../../sandbox/gateway/gateway';
import { cloudFormationApi } from '../../../../sandbox/services/cloudformation/api';

const management = '111111111111';
const hub = '222222222222';
const region = 'eu-west-1';
const unit = 'ou-root-workloads';
const CallAs = 'DELEGATED_ADMIN' as const;
const StackSetName = 'member';
const DeploymentTargets = { OrganizationalUnitIds: [unit] };
const Regions = ['eu-west-1', 'us-east-1'];

let gateway: Gateway;
let stackSets: StackSets;
let clients: CloudFormationClient[];
/** Accounts in which stacks fail, and why. */
const broken = new Map<string, string>();
/** Holds every deployment back while it is there. */
let gate: Promise<void> | undefined;
let access = true;

function as(accountId: string): CloudFormationClient {
  const credentials = gateway.administratorOf(accountId);
  const client = new CloudFormationClient({ region, endpoint: gateway.endpoint, credentials });
  clients.push(client);
  return client;
}

beforeAll(async () => {
  clients = [];
  gateway = await startGateway({ motoEndpoint: 'http://127.0.0.1:9' });
});

beforeEach(async () => {
  broken.clear();
  gate = undefined;
  access = true;
  stackSets = createStackSets({
    managementAccountId: management,
    delegatedAdministrators: async () => [hub],
    accountsUnder: () => async () =>
      new Map([
        ['333333333333', true],
        ['444444444444', true],
        ['555555555555', false],
      ]),
    deploy: async (_request, stackName, place) => {
      await gate;
      const reason = broken.get(place.accountId);
      if (reason !== undefined) throw new Error(reason);
      const stackId = `arn:aws:cloudformation:${place.region}:${place.accountId}:stack/${stackName}/1`;
      return { stackId, outputs: {}, update: async () => {}, remove: async () => {} };
    },
    update: async () => {},
  });
  const parts = {
    cloudFormation: { stackSets, stacks: new Stacks(() => new Date()) } as CloudFormation,
    objects: { assetsOf: () => () => '', textAt: async () => '{}' },
    access: {
      isEnabled: async () => access,
      enable: async () => {
        access = true;
      },
    },
    executors: {
      ofRole: () => {
        throw new Error('This test deploys no stack.');
      },
    },
    inBackground: () => {},
    now: () => new Date(),
  };
  gateway.own('cloudformation', cloudFormationApi(parts));
  await stackSets.create({
    name: StackSetName,
    description: 'What every member gets: <all>',
    administrator: { accountId: hub, region },
    callAs: CallAs,
    capabilities: ['CAPABILITY_NAMED_IAM'],
    template: { Resources: {} },
    parameters: {},
    autoDeployment: { enabled: true, retainStacksOnAccountRemoval: false, dependsOn: [] },
    managedExecution: false,
    preferences: defaultPreferences,
    groups: [],
    asset: () => '',
  });
});

afterAll(async () => {
  for (const client of clients) client.destroy();
  await gateway.stop();
});

async function finished(OperationId: string | undefined) {
  for (;;) {
    const { StackSetOperation } = await as(hub).send(
      new DescribeStackSetOperationCommand({ StackSetName, CallAs, OperationId }),
    );
    if (!/RUNNING|QUEUED|STOPPING/.test(StackSetOperation?.Status ?? '')) return StackSetOperation;
    await new Promise(setImmediate);
  }
}

const create = (more: object = {}) =>
  as(hub).send(
    new CreateStackInstancesCommand({ StackSetName, CallAs, DeploymentTargets, Regions, ...more }),
  );

describe('the API of stack sets', () => {
  it('shows stack sets as AWS does, to the delegated administrator and the management account', async () => {
    const { Summaries } = await as(hub).send(new ListStackSetsCommand({ CallAs }));
    expect(Summaries).toMatchObject([
      {
        StackSetName,
        Status: 'ACTIVE',
        Description: 'What every member gets: <all>',
        PermissionModel: 'SERVICE_MANAGED',
        AutoDeployment: { Enabled: true },
      },
    ]);
    const { StackSet } = await as(management).send(new DescribeStackSetCommand({ StackSetName }));
    expect(StackSet?.StackSetARN).toMatch(/^arn:aws:cloudformation:eu-west-1:111111111111:stackset\/member:/);
    expect((await as('333333333333').send(new ListStackSetsCommand({}))).Summaries).toEqual([]);
  });

  it('refuses who says that it is a delegated administrator and is none', async () => {
    const asking = as('333333333333').send(new ListStackSetsCommand({ CallAs }));
    await expect(asking).rejects.toMatchObject({ name: 'ValidationError' });
  });

  it('creates instances with an operation whose results are told for each account and Region', async () => {
    broken.set('444444444444', 'ResourceLogicalId:R, ResourceType:T, ResourceStatusReason:no.');
    const { OperationId } = await create({
      OperationPreferences: { FailureToleranceCount: 1, RegionConcurrencyType: 'PARALLEL' },
    });
    expect(await finished(OperationId)).toMatchObject({
      Action: 'CREATE',
      Status: 'SUCCEEDED',
      StatusDetails: { FailedStackInstancesCount: 2 },
    });
    const { Summaries: results } = await as(hub).send(
      new ListStackSetOperationResultsCommand({ StackSetName, CallAs, OperationId }),
    );
    expect(results?.map(({ Account, Status }) => `${Account} ${Status}`).sort()).toEqual([
      '333333333333 SUCCEEDED',
      '333333333333 SUCCEEDED',
      '444444444444 FAILED',
      '444444444444 FAILED',
      '555555555555 CANCELLED',
      '555555555555 CANCELLED',
    ]);
    const failed = { Name: 'DETAILED_STATUS' as const, Values: 'FAILED' };
    const { Summaries: instances } = await as(hub).send(
      new ListStackInstancesCommand({ StackSetName, CallAs, Filters: [failed] }),
    );
    expect(instances).toMatchObject([
      { Account: '444444444444', Status: 'OUTDATED', StatusReason: expect.stringContaining('Reason:no.') },
      { Account: '444444444444', LastOperationId: OperationId },
    ]);
    const { StackInstance } = await as(hub).send(
      new DescribeStackInstanceCommand({
        StackSetName,
        CallAs,
        StackInstanceAccount: '555555555555',
        StackInstanceRegion: region,
      }),
    );
    expect(StackInstance?.StackInstanceStatus?.DetailedStatus).toBe('SKIPPED_SUSPENDED_ACCOUNT');
  });

  it('tries failed instances again, by a creation and by an update', async () => {
    for (const retry of [CreateStackInstancesCommand, UpdateStackInstancesCommand]) {
      broken.set('333333333333', 'no');
      await finished((await create({ OperationPreferences: { FailureToleranceCount: 9 } })).OperationId);
      broken.clear();
      const targets = {
        ...DeploymentTargets,
        Accounts: ['333333333333'],
        AccountFilterType: 'INTERSECTION' as const,
      };
      const again = await as(hub).send(
        new retry({ StackSetName, CallAs, DeploymentTargets: targets, Regions }),
      );
      expect(await finished(again.OperationId)).toMatchObject({ Status: 'SUCCEEDED' });
      const { Summaries } = await as(hub).send(
        new ListStackInstancesCommand({ StackSetName, CallAs, StackInstanceAccount: '333333333333' }),
      );
      expect(Summaries?.map(({ Status }) => Status)).toEqual(['CURRENT', 'CURRENT']);
    }
  });

  it('pages', async () => {
    await finished((await create()).OperationId);
    const paginator = paginateListStackInstances({ client: as(hub), pageSize: 4 }, { StackSetName, CallAs });
    const sizes: number[] = [];
    for await (const { Summaries } of paginator) sizes.push(Summaries?.length ?? 0);
    expect(sizes).toEqual([4, 2]);
  });

  it('refuses a second operation, and stops the first', async () => {
    let open = () => {};
    gate = new Promise((resolve) => {
      open = resolve;
    });
    const { OperationId } = await create();
    await expect(create()).rejects.toMatchObject({ name: 'OperationInProgressException' });
    await as(hub).send(new StopStackSetOperationCommand({ StackSetName, CallAs, OperationId }));
    open();
    expect(await finished(OperationId)).toMatchObject({ Status: 'STOPPED' });
    const { Summaries } = await as(hub).send(new ListStackSetOperationsCommand({ StackSetName, CallAs }));
    expect(Summaries).toMatchObject([{ OperationId, Status: 'STOPPED' }]);
  });

  it('deletes a stack set only when it has no instances', async () => {
    await finished((await create()).OperationId);
    const deletion = () => as(hub).send(new DeleteStackSetCommand({ StackSetName, CallAs }));
    await expect(deletion()).rejects.toMatchObject({ name: 'StackSetNotEmptyException' });
    const { OperationId } = await as(hub).send(
      new DeleteStackInstancesCommand({
        StackSetName,
        CallAs,
        DeploymentTargets,
        Regions,
        RetainStacks: true,
      }),
    );
    expect(await finished(OperationId)).toMatchObject({ Action: 'DELETE', RetainStacks: true });
    await deletion();
    await expect(deletion()).rejects.toMatchObject({ name: 'StackSetNotFoundException' });
  });

  it('needs units, and trusted access, which the management account can give', async () => {
    await expect(create({ DeploymentTargets: { Accounts: ['333333333333'] } })).rejects.toThrow(
      'OrganizationalUnitIds are required',
    );
    access = false;
    await expect(create()).rejects.toThrow('enable organizations access');
    await expect(as(hub).send(new ActivateOrganizationsAccessCommand({}))).rejects.toMatchObject({
      name: 'ValidationError',
    });
    await as(management).send(new ActivateOrganizationsAccessCommand({}));
    const { Status } = await as(hub).send(new DescribeOrganizationsAccessCommand({ CallAs }));
    expect(Status).toBe('ENABLED');
  });
});
