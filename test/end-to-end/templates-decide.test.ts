import { functionNames, remediationFunctionName, roleNames } from '../../contract/names';
import type { Template } from '../../infra/assembly';
import type { TransformTemplate } from '../../sandbox/cloudformation/deploy';
import type { Sandbox } from '../../sandbox/sandbox';
import type { Planting } from '../../sandbox/scenario/plantings';
import { runScenario, type ScenarioResult } from '../../sandbox/scenario/run';
import { eventsOf, patience, startTestSandbox } from './support';

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

/** Runs the small scenario on templates of which one resource was changed. */
async function runWith(
  change: (resource: Resource) => Resource | undefined,
): Promise<ScenarioResult & { sandbox: Sandbox }> {
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
  expect(changes).toBeGreaterThan(0);
  const result = await runScenario(started, { plantings: [planting], latePlanting: null, limit: 4_000 });
  return { ...result, sandbox: started };
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

describe('the sandbox runs what the templates say', () => {
  it(
    'heals when nothing is taken away',
    async () => {
      const started = await startTestSandbox();
      sandbox = started;

      const result = await runScenario(started, { plantings: [planting], latePlanting: null });

      expect(result.outcomes.map(({ state, problems }) => ({ state, problems }))).toEqual([
        { state: 'fixed', problems: [] },
      ]);
    },
    patience,
  );

  it(
    "fails for the variable when one is missing from a function's environment",
    async () => {
      const { ok, outcomes, sandbox } = await runWith((resource) =>
        isNamed(resource, 'FunctionName', functionNames.coordinator)
          ? withoutVariable(resource, 'LEDGER_TABLE')
          : resource,
      );

      expect(ok).toBe(false);
      expect(outcomes[0]?.state).toBeUndefined();
      const errors = eventsOf(sandbox, 'invoked').map(
        ({ functionName, error }) => `${functionName}: ${error}`,
      );
      expect(errors).toContainEqual(expect.stringMatching(/^staunch-coordinator: .*LEDGER_TABLE/s));
    },
    patience,
  );

  it(
    'fails for the queue when the event source mapping is missing',
    async () => {
      const { ok, outcomes, sandbox } = await runWith((resource) =>
        resource.Type === 'AWS::Lambda::EventSourceMapping' &&
        JSON.stringify(resource).includes('Coordinator')
          ? undefined
          : resource,
      );

      expect(ok).toBe(false);
      expect(outcomes[0]?.state).toBeUndefined();
      expect(eventsOf(sandbox, 'queued')).not.toEqual([]);
      expect(eventsOf(sandbox, 'assumed').filter(({ roleArn }) => roleArn.endsWith(roleNames.read))).toEqual(
        [],
      );
    },
    patience,
  );

  it(
    'fails for the permission when a statement is missing from a role',
    async () => {
      const { ok, outcomes, sandbox } = await runWith((resource) =>
        isNamed(resource, 'RoleName', roleNames.remediation)
          ? withoutAction(resource, 'ec2:RevokeSecurityGroupIngress')
          : resource,
      );

      expect(ok).toBe(false);
      expect(outcomes[0]?.state).toBe('failed');
      expect(eventsOf(sandbox, 'denied')).toContainEqual(
        expect.objectContaining({ action: 'ec2:RevokeSecurityGroupIngress' }),
      );
      expect(eventsOf(sandbox, 'report').at(-1)?.report).toMatchObject({
        state: 'failed',
        errorCode: 'UnauthorizedOperation',
      });
    },
    patience,
  );

  it(
    'fails for the function when a remediation function is missing',
    async () => {
      const name = remediationFunctionName('security-group');
      const { ok, outcomes } = await runWith((resource) =>
        resource.Type === 'AWS::Lambda::Function' && isNamed(resource, 'FunctionName', name)
          ? {
              ...resource,
              Properties: { ...resource.Properties, Timeout: 1, MemorySize: 128, Handler: 'index.missing' },
            }
          : resource,
      );

      expect(ok).toBe(false);
      expect(outcomes[0]?.state).toBe('failed');
    },
    patience,
  );
});
