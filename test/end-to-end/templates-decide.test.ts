import { functionNames, remediationFunctionName, roleNames } from '../../core/names';
import type { Template } from '../../infra/assembly';
import type { TransformTemplate } from '../../sandbox/cloudformation/deploy';
import type { Planting } from '../../sandbox/resources/kind';
import type { Sandbox } from '../../sandbox/sandbox';
import { judgeResource, type Outcome } from '../../sandbox/scenario/judgement';
import { plantAll } from '../../sandbox/scenario/planted';
import { eventsOf, patience, startTestSandbox, until } from './support';

/** One dangerous group in an account whose flag is on: enough to see whether the path holds. */
const planting: Planting = {
  account: 'playground',
  region: 'eu-west-1',
  dangerous: ['ssh-beside-https'],
  harmless: [],
};

type Resource = { Type: string; Properties: Record<string, unknown> };

let sandbox: Sandbox | undefined;

afterEach(() => sandbox?.stop());

/**
 * Plants the dangerous group where one resource of the templates was changed, waits for what must come of it, and reads
 * the group back.
 */
async function runWith(
  change: (resource: Resource) => Resource | undefined,
  happened: (sandbox: Sandbox) => boolean | Promise<boolean>,
): Promise<{ outcome: Outcome | undefined; sandbox: Sandbox; changes: number }> {
  let changes = 0;
  const transformTemplate: TransformTemplate = (template) => {
    const resources: Record<string, Resource> = {};
    for (const [id, resource] of Object.entries(template.Resources as Record<string, Resource>)) {
      const changed = change(resource);
      if (changed !== resource) changes += 1;
      if (changed !== undefined) resources[id] = changed;
    }
    return { ...template, Resources: resources } as Template;
  };
  const started = await startTestSandbox({ transformTemplate });
  sandbox = started;
  const [planted] = await plantAll([planting], started.clients, () => 'on');
  await until(started, 'what must come of it had come', () => happened(started));
  return {
    outcome: planted && (await judgeResource(planted, started.log.events)),
    sandbox: started,
    changes,
  };
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

const reportState = (sandbox: Sandbox) => eventsOf(sandbox, 'report').at(-1)?.report.state;

describe('the sandbox runs what the templates say', () => {
  it(
    'heals when nothing is taken away',
    async () => {
      const { outcome, changes } = await runWith(
        (resource) => resource,
        async (sandbox) => reportState(sandbox) === 'fixed' && (await sandbox.calm()),
      );

      expect(changes).toBe(0);
      expect(outcome).toMatchObject({ state: 'fixed', problems: [] });
    },
    patience,
  );

  it(
    "fails for the variable when one is missing from a function's environment",
    async () => {
      const errors = (sandbox: Sandbox) =>
        eventsOf(sandbox, 'invoked').map(({ functionName, error }) => `${functionName}: ${error}`);
      const { outcome, changes } = await runWith(
        (resource) =>
          isNamed(resource, 'FunctionName', functionNames.coordinator)
            ? withoutVariable(resource, 'LEDGER_TABLE')
            : resource,
        (sandbox) =>
          eventsOf(sandbox, 'queued').length > 0 &&
          errors(sandbox).some((error) => /^staunch-coordinator: .*LEDGER_TABLE/s.test(error)),
      );

      expect(changes).toBe(1);
      expect(outcome?.state).toBeUndefined();
      expect(outcome?.problems).not.toEqual([]);
    },
    patience,
  );

  it(
    'fails for the queue when the event source mapping is missing',
    async () => {
      const { outcome, changes, sandbox } = await runWith(
        (resource) =>
          resource.Type === 'AWS::Lambda::EventSourceMapping' &&
          JSON.stringify(resource).includes('Coordinator')
            ? undefined
            : resource,
        async (sandbox) => eventsOf(sandbox, 'queued').length > 0 && (await sandbox.calm()),
      );

      expect(changes).toBe(1);
      expect(outcome?.state).toBeUndefined();
      expect(outcome?.problems).not.toEqual([]);
      const roles = eventsOf(sandbox, 'assumed').map(({ roleArn }) => roleArn);
      expect(roles.filter((role) => role.endsWith(roleNames.read))).toEqual([]);
    },
    patience,
  );

  it(
    'fails for the permission when a statement is missing from a role',
    async () => {
      const { outcome, changes, sandbox } = await runWith(
        (resource) =>
          isNamed(resource, 'RoleName', roleNames.remediation)
            ? withoutAction(resource, 'ec2:RevokeSecurityGroupIngress')
            : resource,
        (sandbox) => reportState(sandbox) === 'failed',
      );

      expect(changes).toBeGreaterThan(0);
      expect(outcome?.problems).not.toEqual([]);
      expect(eventsOf(sandbox, 'denied')).toContainEqual(
        expect.objectContaining({ action: 'ec2:RevokeSecurityGroupIngress' }),
      );
      expect(eventsOf(sandbox, 'report').at(-1)?.report.errorCode).toBe('UnauthorizedOperation');
    },
    patience,
  );

  it(
    'fails for the handler when a function names one that is not there',
    async () => {
      const name = remediationFunctionName('security-group');
      const { outcome, changes } = await runWith(
        (resource) =>
          resource.Type === 'AWS::Lambda::Function' && isNamed(resource, 'FunctionName', name)
            ? { ...resource, Properties: { ...resource.Properties, Handler: 'index.missing' } }
            : resource,
        (sandbox) => reportState(sandbox) === 'failed',
      );

      expect(changes).toBe(1);
      expect(outcome?.problems).not.toEqual([]);
    },
    patience,
  );
});
