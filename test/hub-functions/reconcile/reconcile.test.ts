import { CloudFormationClient, OperationInProgressException } from '@aws-sdk/client-cloudformation';
import { describedPlacement } from '../../../config/placement-digest';
import { reconcile } from '../../../hub-functions/reconcile/reconcile';
import { NoTreeError } from '../../../hub-functions/tree-reader';
import type { OrganizationTree } from '../../../ledger/organization/organization-tree';
import type { MemberStack } from '../../../ledger/told/stack-failures';
import { policyWith } from '../../config/support/policy';
import { stubbed } from '../../support/stubbed-client';

const root = 'r-abcd';
const unit = 'ou-abcd-11111111';
const covered = '333333333333';
const excluded = '444444444444';

const node = (id: string, parentId: string) => ({ id, name: `name-${id}`, parentId });
const tree: OrganizationTree = {
  rootId: root,
  units: new Map([[unit, node(unit, root)]]),
  accounts: new Map([
    [covered, node(covered, unit)],
    [excluded, node(excluded, unit)],
  ]),
  readAt: new Date(0),
  tookMilliseconds: 0,
};

const summary = (Account: string, more: object = {}) => ({
  ...{ Account, Region: 'eu-west-1', OrganizationalUnitId: unit, Status: 'CURRENT' },
  StackInstanceStatus: { DetailedStatus: 'SUCCEEDED' },
  ...more,
});

/** A reconcile of two stack sets: what it asked, and what it said. */
async function run(
  instances: Record<string, object[]>,
  parts: {
    tree?: () => Promise<OrganizationTree>;
    refuse?: Error;
    hour?: number;
    placedBy?: string;
    heard?: unknown[];
  } = {},
) {
  const calls: [string, Record<string, unknown>][] = [];
  const now = () => new Date((parts.hour ?? 0) * 60 * 60_000);
  const said: string[] = [];
  const written: { failed: string[]; running: string[] }[] = [];
  const names = (stacks: readonly { stackSet: string; accountId: string }[]) =>
    stacks.map(({ stackSet, accountId }) => `${stackSet} ${accountId}`);
  const stackFailures = {
    async write(failed: readonly MemberStack[], running: readonly MemberStack[]) {
      written.push({ failed: names(failed), running: names(running) });
    },
  };
  const policyText = `exclude: ["${excluded}"]\n`;
  const client = stubbed(new CloudFormationClient({ region: 'eu-west-1' }), (command, input) => {
    if (command === 'ListStackSetsCommand')
      return {
        Summaries: [...Object.keys(instances), 'somebody-else'].map((StackSetName) => ({
          StackSetName,
          Description: describedPlacement('A stack set.', policyWith(parts.placedBy ?? policyText)),
        })),
      };
    if (command === 'ListStackInstancesCommand')
      return { Summaries: instances[String(input.StackSetName)] ?? [] };
    calls.push([command, input]);
    parts.heard?.push(input.StackSetName);
    if (parts.refuse && (calls.length === 1 || parts.refuse instanceof OperationInProgressException))
      throw parts.refuse;
    return { OperationId: `operation-${calls.length}` };
  });
  const logged: object[] = [];
  const log = {
    info: (text: string) => said.push(text),
    warn: (text: string, more: object) => {
      said.push(text);
      logged.push(more);
    },
  };
  const policy = policyWith(policyText);
  const done = await reconcile({
    policy,
    client,
    log,
    stackFailures,
    now,
    tree: parts.tree ?? (async () => tree),
  });
  return { calls, said, logged, written, done };
}

describe('a reconcile', () => {
  it('removes the stacks of an account that is excluded, and no others', async () => {
    const { calls, done } = await run({ 'staunch-rules': [summary(covered), summary(excluded)] });
    expect(calls).toEqual([
      [
        'DeleteStackInstancesCommand',
        expect.objectContaining({
          StackSetName: 'staunch-rules',
          CallAs: 'DELEGATED_ADMIN',
          DeploymentTargets: {
            OrganizationalUnitIds: [unit],
            Accounts: [excluded],
            AccountFilterType: 'INTERSECTION',
          },
          Regions: ['eu-west-1'],
          RetainStacks: false,
        }),
      ],
    ]);
    expect(done).toEqual({ operations: ['operation-1'], failed: 0 });
  });

  it('tries failed stacks again, without a template or a parameter', async () => {
    const failed = {
      Status: 'OUTDATED',
      StatusReason: 'no',
      StackInstanceStatus: { DetailedStatus: 'FAILED' },
    };
    const { calls, written, done } = await run({ 'staunch-access': [summary(covered, failed)] });
    expect(written).toEqual([{ failed: [`staunch-access ${covered}`], running: [] }]);
    expect(calls.map(([command]) => command)).toEqual(['UpdateStackInstancesCommand']);
    expect(calls[0]?.[1]).not.toHaveProperty('ParameterOverrides');
    expect(done).toEqual({ operations: ['operation-1'], failed: 1 });
  });

  it('leaves an inoperable stack to a person, with the command, since AWS updates it no more', async () => {
    const inoperable = { Status: 'INOPERABLE', StackInstanceStatus: { DetailedStatus: 'INOPERABLE' } };
    const { calls, written, logged } = await run({ 'staunch-access': [summary(covered, inoperable)] });
    expect(calls).toEqual([]);
    expect(written).toEqual([{ failed: [`staunch-access ${covered}`], running: [] }]);
    expect(JSON.stringify(logged)).toContain(`OrganizationalUnitIds=${unit},Accounts=${covered}`);
  });

  it('begins no second operation on a stack set, and none while another is under way', async () => {
    const failed = { Status: 'OUTDATED', StackInstanceStatus: { DetailedStatus: 'FAILED' } };
    const running = { Status: 'OUTDATED', StackInstanceStatus: { DetailedStatus: 'RUNNING' } };
    const { calls } = await run({
      'staunch-access': [summary(excluded), summary(covered, failed)],
      'staunch-rules': [summary(excluded), summary(covered, running)],
    });
    expect(calls.map(([command, { StackSetName }]) => [command, StackSetName])).toEqual([
      ['DeleteStackInstancesCommand', 'staunch-access'],
    ]);
  });

  it('gives each operation on a stack set its turn, whatever becomes of the one before', async () => {
    const failed = { Status: 'OUTDATED', StackInstanceStatus: { DetailedStatus: 'FAILED' } };
    const instances = { 'staunch-access': [summary(excluded), summary(covered, failed)] };
    const turns = await Promise.all([0, 1, 2].map((hour) => run(instances, { hour })));
    expect(turns.map(({ calls }) => calls.map(([command]) => command))).toEqual([
      ['DeleteStackInstancesCommand'],
      ['UpdateStackInstancesCommand'],
      ['DeleteStackInstancesCommand'],
    ]);
  });

  it('goes on with other stack sets where AWS refuses an operation, and fails in the end', async () => {
    const instances = { 'staunch-access': [summary(excluded)], 'staunch-rules': [summary(excluded)] };
    const heard: unknown[] = [];
    const refuse = new Error('There is no such unit.');
    await expect(run(instances, { refuse, heard })).rejects.toThrow('There is no such unit.');
    expect(heard).toEqual(['staunch-access', 'staunch-rules']);
  });

  it('removes nothing where the stack sets went by another policy than the hub has', async () => {
    const { calls } = await run({ 'staunch-rules': [summary(excluded)] }, { placedBy: '' });
    expect(calls).toEqual([]);
  });

  it('goes on the next time where a stack set is busy', async () => {
    const refuse = new OperationInProgressException({ $metadata: {}, message: 'busy' });
    const { done, said } = await run({ 'staunch-rules': [summary(excluded)] }, { refuse });
    expect(done.operations).toEqual([]);
    expect(said).toContain('A stack set is busy; the next time goes on');
  });

  it('changes nothing while nobody knows where the accounts are', async () => {
    const unknown = async () => Promise.reject(new NoTreeError('none'));
    await expect(run({ 'staunch-rules': [summary(excluded)] }, { tree: unknown })).rejects.toThrow(
      NoTreeError,
    );
  });

  it('reads no stack set that is not its own', async () => {
    const { calls } = await run({ 'staunch-rules-of-mine': [summary(excluded)] });
    expect(calls).toEqual([]);
  });
});
