import { functionNames, remediationFunctionName, roleNames } from '../../../core/names';
import type { Template } from '../../../infra/assembly';
import type { TransformTemplate } from '../../../sandbox/cloudformation/cloudformation';
import type { Planting } from '../../../sandbox/resources/kind';
import type { Sandbox } from '../../../sandbox/sandbox';
import { judgeResource, type Outcome } from '../../../sandbox/scenario/judgement';
import { plantAll } from '../../../sandbox/scenario/planted';
import { type PolicyChange, sandboxPolicy } from '../../../sandbox/scenario/policy';
import { olderCodeFirst, testsOfAccountBlock } from '../../end-to-end/account-block';
import { eventsOf, lastReportOf, patience, startTestSandbox, until } from '../../end-to-end/support';

type Resource = { Type: string; Properties: Record<string, unknown> };
type Change = (resource: Resource) => Resource | undefined;

/** Takes nothing away. */
const unchanged: Change = (resource) => resource;

/** An account whose permission is missing from the start: a role is not changed by a later deployment here. */
const lacking = 'staging';

let sandbox: Sandbox;
/** What the templates of everywhere are deployed with. */
let change = unchanged;
/** How many resources the latest deployment changed. */
let changes = 0;

const transformTemplate: TransformTemplate = (given, where) => {
  const template = olderCodeFirst(given, where);
  const here = where.accountId === idOfLacking ? withoutRevoking : unchanged;
  const resources: Record<string, Resource> = {};
  for (const [id, resource] of Object.entries(template.Resources as Record<string, Resource>)) {
    const changed = change(resource);
    const kept = changed && here(changed);
    if (changed !== resource) changes += 1;
    if (kept !== changed) changesOfLacking += 1;
    if (kept !== undefined) resources[id] = kept;
  }
  return { ...template, Resources: resources } as Template;
};
let idOfLacking: string | undefined;
let changesOfLacking = 0;

/** The scenario's policy; hears the ids of the organization. */
const policy: PolicyChange = ({ accounts }) => {
  idOfLacking = accounts[lacking];
  return {};
};

beforeAll(async () => {
  sandbox = await startTestSandbox({ transformTemplate, policy });
}, patience);

/** Deploys once more, with one resource of the templates changed. */
async function redeployWith(next: Change): Promise<void> {
  change = next;
  changes = 0;
  await sandbox.redeploy((ids) => sandboxPolicy(ids, policy));
}

afterAll(() => sandbox?.stop());

/**
 * Plants one dangerous group in an account whose flag is on, which is enough to see whether the path holds; waits for what must come
 * of it, and reads the group back.
 */
async function plantAndWait(
  place: Pick<Planting, 'account' | 'region'>,
  happened: (resource: { resourceId: string }) => boolean | Promise<boolean>,
): Promise<{ outcome: Outcome; resourceId: string }> {
  const planting: Planting = { ...place, dangerous: ['ssh-beside-https'], harmless: [] };
  const [planted] = await plantAll([planting], sandbox.clients, () => 'on');
  if (planted === undefined) throw new Error('Nothing was planted');
  await until(sandbox, 'what must come of it had come', () => happened(planted));
  return { outcome: await judgeResource(planted, sandbox.log.events), resourceId: planted.resourceId };
}

function isNamed(resource: Resource, property: string, name: string): boolean {
  return resource.Properties?.[property] === name;
}

/** The resource without one variable of its environment. */
function withoutVariable(resource: Resource, variable: string): Resource {
  const environment = resource.Properties.Environment as { Variables: Record<string, unknown> };
  const { [variable]: removed, ...rest } = environment.Variables;
  expect(removed).toBeDefined();
  return { ...resource, Properties: { ...resource.Properties, Environment: { Variables: rest } } };
}

/** The role without the statements that allow an action. */
function withoutAction(resource: Resource, action: string): Resource {
  const policies = resource.Properties.Policies as {
    PolicyDocument: { Statement: { Action: string | string[] }[] };
  }[];
  const allows = (statement: { Action: string | string[] }) => [statement.Action].flat().includes(action);
  expect(policies.some(({ PolicyDocument }) => PolicyDocument.Statement.some(allows))).toBe(true);
  const kept = policies.map((policy) => ({
    ...policy,
    PolicyDocument: {
      ...policy.PolicyDocument,
      Statement: policy.PolicyDocument.Statement.filter((statement) => !allows(statement)),
    },
  }));
  return { ...resource, Properties: { ...resource.Properties, Policies: kept } };
}

const reportOf = ({ resourceId }: { resourceId: string }) => lastReportOf(sandbox, resourceId);
/** Whether the finding was sent, by the rule's function. */
const isQueued = ({ resourceId }: { resourceId: string }) =>
  eventsOf(sandbox, 'queued').some(({ finding }) => finding?.resourceId === resourceId);

/** The role that fixes, unable to close a port. */
function withoutRevoking(resource: Resource): Resource {
  return isNamed(resource, 'RoleName', roleNames.remediation)
    ? withoutAction(resource, 'ec2:RevokeSecurityGroupIngress')
    : resource;
}

testsOfAccountBlock(() => sandbox);

describe('the sandbox runs what the templates say', () => {
  it(
    'heals when nothing is taken away',
    async () => {
      const { outcome } = await plantAndWait(
        { account: 'playground', region: 'eu-west-1' },
        async (resource) => reportOf(resource)?.state === 'fixed' && (await sandbox.calm()),
      );

      expect(changes).toBe(0);
      expect(outcome).toMatchObject({ state: 'fixed', problems: [] });
    },
    patience,
  );

  it(
    'fails for the permission when a statement is missing from a role',
    async () => {
      const { outcome, resourceId } = await plantAndWait(
        { account: lacking, region: 'eu-west-1' },
        (resource) => reportOf(resource)?.state === 'failed',
      );

      expect(changesOfLacking).toBeGreaterThan(0);
      expect(outcome.problems).not.toEqual([]);
      expect(eventsOf(sandbox, 'denied')).toContainEqual(
        expect.objectContaining({ action: 'ec2:RevokeSecurityGroupIngress' }),
      );
      expect(reportOf({ resourceId })?.errorCode).toBe('UnauthorizedOperation');
    },
    patience,
  );

  it(
    'fails for the handler when a function names one that is not there',
    async () => {
      const name = remediationFunctionName('security-group');
      await redeployWith((resource) =>
        resource.Type === 'AWS::Lambda::Function' && isNamed(resource, 'FunctionName', name)
          ? { ...resource, Properties: { ...resource.Properties, Handler: 'index.missing' } }
          : resource,
      );
      const { outcome } = await plantAndWait(
        { account: 'nightly', region: 'eu-west-1' },
        (resource) => reportOf(resource)?.state === 'failed',
      );

      expect(changes).toBe(1);
      expect(outcome.problems).not.toEqual([]);
    },
    patience,
  );

  it(
    "fails for the variable when one is missing from a function's environment",
    async () => {
      await redeployWith((resource) =>
        isNamed(resource, 'FunctionName', functionNames.coordinator)
          ? withoutVariable(resource, 'LEDGER_TABLE')
          : resource,
      );
      const errors = () =>
        eventsOf(sandbox, 'invoked').map(({ functionName, error }) => `${functionName}: ${error}`);
      const { outcome } = await plantAndWait(
        { account: 'playground', region: 'us-east-1' },
        (resource) =>
          isQueued(resource) && errors().some((error) => /^staunch-coordinator: .*LEDGER_TABLE/s.test(error)),
      );

      expect(changes).toBe(1);
      expect(outcome.state).toBeUndefined();
      expect(outcome.problems).not.toEqual([]);
    },
    patience,
  );

  it(
    'fails for the queue when the event source mapping is missing',
    async () => {
      await redeployWith((resource) =>
        resource.Type === 'AWS::Lambda::EventSourceMapping' &&
        JSON.stringify(resource).includes('Coordinator')
          ? undefined
          : resource,
      );
      const { length: before } = eventsOf(sandbox, 'assumed');
      const { outcome } = await plantAndWait(
        { account: 'analytics', region: 'eu-west-1' },
        async (resource) => isQueued(resource) && (await sandbox.calm()),
      );

      expect(changes).toBe(1);
      expect(outcome.state).toBeUndefined();
      expect(outcome.problems).not.toEqual([]);
      // With what it knew before, in other accounts, the sweep goes on.
      const { accountId } = sandbox.clients('analytics', 'eu-west-1');
      const roles = eventsOf(sandbox, 'assumed')
        .slice(before)
        .map(({ roleArn }) => roleArn);
      expect(roles.filter((role) => role.includes(accountId) && role.endsWith(roleNames.read))).toEqual([]);
    },
    patience,
  );
});
