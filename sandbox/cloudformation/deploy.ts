import { OrganizationsClient } from '@aws-sdk/client-organizations';
import { type AssembledStack, readAssembly, type Template } from '../../infra/assembly';
import type { EventLog, Place } from '../events';
import { type Failures, UnsupportedError } from '../failures';
import type { ApiCall, Gateway } from '../gateway/api';
import { createClients } from './clients';
import { TemplateError } from './errors';
import type { ResourceContext, Services } from './resource-type';
import { createHandlers } from './resource-types';
import { createStack, type Stack, type StackEnvironment, type StackRequest } from './stack';
import { createAccountsUnder, delegatedAdministrators } from './stack-sets/accounts';
import { createStackSets } from './stack-sets/stack-sets';
import { parseTemplate } from './template';

/**
 * Changes a template before it is deployed; for tests that take something away. It must return a new template and leave
 * the given one as it is, since a stack set deploys the same one many times.
 *
 * @param where `stackName` is the name of the stack, or of the stack set that it is an instance of.
 */
export type TransformTemplate = (template: Template, where: Place & { stackName: string }) => Template;

/** What a deployment needs. */
export interface DeploymentOptions {
  /** The folder that `cdk synth` wrote. */
  assemblyDirectory: string;
  managementAccountId: string;
  gateway: Gateway;
  services: Services;
  /** Hears of each stack that is there. */
  log: EventLog;
  /** Hears of an account that could not be enrolled. */
  failures: Failures;
  transformTemplate?: TransformTemplate;
}

/** A cloud assembly that is deployed. */
export interface Deployment {
  /** Outputs of the assembly's stacks, by stack name and logical id. */
  outputs: Record<string, Record<string, string>>;
  /**
   * Deploys another version of the assembly.
   * @throws UnsupportedError where more differs than functions, rules and what stack sets deploy; stacks before that one are updated then
   */
  update(assemblyDirectory: string): Promise<void>;
  /** Whether the account has everything that the stack sets bring to it. */
  isEnrolled(accountId: string): boolean;
  /** Resolves when every change of the organization so far has been followed up, well or badly. */
  settled(): Promise<void>;
  /** From now on changes of the organization change no stacks. What has begun is awaited. */
  stop(): Promise<void>;
}

/** Calls after which accounts may have joined or left an OU. */
const organizationChanges = new Set([
  'CreateAccount',
  'MoveAccount',
  'CloseAccount',
  'RemoveAccountFromOrganization',
]);

/**
 * Deploys a cloud assembly into the sandbox's organization: its stacks, in the assembly's order, and through its stack sets the
 * member accounts; then keeps the stack sets' promise to accounts that join or leave.
 *
 * @throws TemplateError, ResourceError or UnsupportedError where something cannot be deployed.
 */
export async function deployAssembly(options: DeploymentOptions): Promise<Deployment> {
  const { assemblyDirectory, managementAccountId, gateway, services, log, failures } = options;
  const environment: StackEnvironment = {
    handlers: createHandlers(),
    gateway,
    services,
    clientOf: createClients(gateway),
  };
  const organizations = environment.clientOf(
    // AWS Organizations has one endpoint for all Regions.
    { accountId: managementAccountId, region: 'us-east-1' },
    OrganizationsClient,
  );

  const templateFor = (template: Template, where: Place & { stackName: string }) =>
    parseTemplate(options.transformTemplate?.(template, where) ?? template, where.stackName);

  /** @param displayName Names the stack, or the stack set that it belongs to, to people. */
  const deploy = async (
    displayName: string,
    template: Template,
    request: Omit<StackRequest, 'template'>,
  ): Promise<Stack> => {
    const where = { ...request.place, stackName: displayName };
    const stack = await createStack({ ...request, template: templateFor(template, where) }, environment);
    log.emit({ kind: 'deployed', ...where });
    return stack;
  };

  const stackSets = createStackSets({
    managementAccountId,
    delegatedAdministrators: () => delegatedAdministrators(organizations),
    accountsUnder: () => createAccountsUnder(organizations, managementAccountId),
    deploy: ({ name, template, parameters, asset }, stackName, place) =>
      deploy(name, template, { stackName, place, parameters, asset, createStackSet: refuseStackSet }),
    update: ({ name, template, asset }, stack, place) =>
      stack.update(templateFor(template, { ...place, stackName: name }), asset),
  });

  const outputs: Deployment['outputs'] = {};
  const stacks = new Map<string, Stack>();
  for (const stack of readAssembly(assemblyDirectory).stacks) {
    const created = await deploy(stack.stackName, stack.template, {
      stackName: stack.stackName,
      place: { accountId: stack.account, region: stack.region },
      parameters: {},
      asset: assetsOf(stack),
      createStackSet: stackSets.create,
    });
    outputs[stack.stackName] = created.outputs;
    stacks.set(stack.stackName, created);
  }

  let stopped = false;
  let followUp = Promise.resolve();
  gateway.afterCall(({ service, operation, stranger }: ApiCall) => {
    if (stopped || service !== 'organizations' || !organizationChanges.has(operation)) return;
    // The caller gets its answer at once; the stacks come later, as they do at AWS.
    followUp = stackSets.organizationChanged().catch((error: Error) => {
      if (stranger) log.emit({ kind: 'warning', text: `${operation} was not followed up: ${error.message}` });
      else failures.report(error);
    });
  });

  return {
    outputs,
    async update(directory) {
      for (const { stackName, ...next } of readAssembly(directory).stacks) {
        const stack = stacks.get(stackName);
        if (!stack)
          throw new UnsupportedError(`The sandbox adds no stack to a deployment, and ${stackName} is new.`);
        const place = { accountId: next.account, region: next.region };
        await stack.update(
          templateFor(next.template, { ...place, stackName }),
          assetsOf({ stackName, ...next }),
        );
        log.emit({ kind: 'deployed', ...place, stackName });
      }
    },
    isEnrolled: stackSets.isEnrolled,
    settled: () => followUp,
    async stop() {
      stopped = true;
      await followUp;
    },
  };
}

function assetsOf({ stackName, assets }: AssembledStack): ResourceContext['asset'] {
  return (bucket, key) => {
    const found = assets.find(({ bucketName, objectKey }) => bucketName === bucket && objectKey === key);
    if (found) return found.path;
    throw new TemplateError(`The assembly has no asset of ${stackName} for s3://${bucket}/${key}.`);
  };
}

/** https://docs.aws.amazon.com/AWSCloudFormation/latest/UserGuide/stacksets-concepts.html */
async function refuseStackSet(): Promise<never> {
  throw new TemplateError('A stack set cannot create stack sets.');
}
