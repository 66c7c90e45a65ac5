import { OrganizationsClient } from '@aws-sdk/client-organizations';
import type { Template } from '../../infra/assembly';
import type { EventLog, Place } from '../events';
import { type Failures, UnsupportedError } from '../failures';
import type { ApiCall, Gateway } from '../gateway/api';
import { cloudFormationApi } from '../services/cloudformation/api';
import { createBucketObjects } from '../services/cloudformation/bucket-objects';
import { createClients } from './clients';
import type { CloudFormation } from './engine';
import { instanceReason, ResourceError, TemplateError } from './errors';
import { createExecutors } from './executors';
import type { Services } from './resource-type';
import { createHandlers } from './resource-types';
import { createStack, type StackEnvironment } from './stack';
import { createAccountsUnder, delegatedAdministrators, organizationsAccess } from './stack-sets/accounts';
import { createStackSets } from './stack-sets/stack-sets';
import type { StackSettings } from './stacks/settings';
import { Stacks } from './stacks/stacks';
import { parseTemplate } from './template';

/**
 * Changes a template before it is deployed; for tests that take something away. It must return a new template and leave
 * the given one as it is, since a stack set deploys the same one many times.
 *
 * @param where `stackName` is the name of the stack, or of the stack set that it is an instance of.
 */
export type TransformTemplate = (template: Template, where: Place & { stackName: string }) => Template;

/** What the sandbox's CloudFormation works with. */
export interface CloudFormationOptions {
  managementAccountId: string;
  gateway: Gateway;
  services: Services;
  /** Hears of each stack that is there, and of each instance of a stack set that failed. */
  log: EventLog;
  /** Hears of an account that could not be enrolled, and of what the sandbox does not support. */
  failures: Failures;
  transformTemplate?: TransformTemplate;
  /** Where the objects of buckets are kept that templates name through the API; created when it is needed. */
  objectsDirectory: string;
}

/** Calls after which accounts may have joined or left an OU. */
const organizationChanges = new Set([
  'CreateAccount',
  'MoveAccount',
  'CloseAccount',
  'RemoveAccountFromOrganization',
]);

/** Makes the sandbox's CloudFormation, with nothing deployed; it keeps the stack sets' promise to accounts that join or leave. */
export function createCloudFormation(options: CloudFormationOptions): CloudFormation {
  const { managementAccountId, gateway, services, log, failures } = options;
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
  const stacks = new Stacks(() => new Date());
  const executors = createExecutors(gateway);

  const templateFor = (template: Template, where: Place & { stackName: string }) =>
    parseTemplate(options.transformTemplate?.(template, where) ?? template, where.stackName);

  const deploy: CloudFormation['deploy'] = async ({ displayName, template, ...request }) => {
    const where = { ...request.place, stackName: displayName };
    const stack = await createStack({ ...request, template: templateFor(template, where) }, environment);
    log.emit({ kind: 'deployed', ...where });
    return stack;
  };

  const update: CloudFormation['update'] = async (stack, { displayName, template, place, asset }) => {
    const where = { ...place, stackName: displayName };
    await stack.update(templateFor(template, where), asset);
    log.emit({ kind: 'deployed', ...where });
  };

  /** A stack set has one template for all of its stacks, which may be long. */
  const bodies = new WeakMap<Template, string>();
  const bodyOf = (template: Template): string => {
    const body = bodies.get(template) ?? JSON.stringify(template);
    bodies.set(template, body);
    return body;
  };
  const settingsOf = (template: Template, parameters: Record<string, string>): StackSettings => ({
    templateBody: bodyOf(template),
    parameters,
    capabilities: [],
    tags: [],
  });

  const stackSets = createStackSets({
    managementAccountId,
    delegatedAdministrators: () => delegatedAdministrators(organizations),
    accountsUnder: () => createAccountsUnder(organizations, managementAccountId),
    deploy: ({ name, template, parameters, asset }, stackName, place) => {
      const record = stacks.add(place, stackName, settingsOf(template, parameters));
      const request = {
        ...{ displayName: name, template, stackName, place, parameters, asset },
        createStackSet: refuseStackSet,
        deployer: executors.ofStackSets(place.accountId),
      };
      return withReason(() => stacks.create(record, (tell) => deploy({ ...request, tell })));
    },
    update: ({ name, template, asset }, stack, place) =>
      withReason(() => stack.update(templateFor(template, { ...place, stackName: name }), asset)),
    // The Region has to be enabled in the member and in the management account:
    // https://docs.aws.amazon.com/AWSCloudFormation/latest/UserGuide/stacksets-opt-in-regions.html
    refusalOf: ({ accountId, region }) =>
      [accountId, managementAccountId].every((id) => gateway.isRegionEnabled(id, region))
        ? undefined
        : 'The security token included in the request is invalid. (Service: CloudFormation, Status Code: 403, Error Code: InvalidClientTokenId)',
    failed: ({ name }, place, error) => {
      const reason = error instanceof Error ? error.message : String(error);
      log.emit({ kind: 'stack-failed', ...place, stackSet: name, reason });
      // What AWS refuses is told as AWS tells it; what only the sandbox does not do stops the run.
      if (error instanceof UnsupportedError) failures.report(error);
    },
  });

  const background = new Set<Promise<void>>();
  const cloudFormation: CloudFormation = {
    stacks,
    stackSets,
    deploy,
    update,
    settled: () => followUp,
    async stop() {
      stopped = true;
      await followUp;
      await Promise.all(background);
    },
  };
  gateway.own(
    'cloudformation',
    cloudFormationApi({
      cloudFormation,
      access: organizationsAccess(organizations),
      executors,
      objects: createBucketObjects(environment.clientOf, options.objectsDirectory),
      inBackground: (work) => {
        background.add(work);
        void work.finally(() => background.delete(work));
      },
      now: () => new Date(),
    }),
  );

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

  return cloudFormation;
}

/** Makes a failed stack's error the reason that a stack set gives for its instance. */
async function withReason<Result>(action: () => Promise<Result>): Promise<Result> {
  try {
    return await action();
  } catch (error) {
    throw error instanceof ResourceError
      ? new ResourceError(instanceReason(error), { cause: error }, error.failed)
      : error;
  }
}

/** https://docs.aws.amazon.com/AWSCloudFormation/latest/UserGuide/stacksets-concepts.html */
async function refuseStackSet(): Promise<never> {
  throw new TemplateError('A stack set cannot create stack sets.');
}
