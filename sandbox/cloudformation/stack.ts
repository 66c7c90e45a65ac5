import { createHash } from 'node:crypto';
import type { Json } from '../../core/json';
import type { Place } from '../events';
import { UnsupportedError } from '../failures';
import type { Gateway } from '../gateway/api';
import { servedHere } from '../services/apigateway/address';
import type { ClientOf } from './clients';
import { evaluateConditions } from './conditions';
import { ResourceError, TemplateError } from './errors';
import { parameterValues } from './parameters';
import { dependencies } from './references';
import { removeResources } from './removal';
import { type Names, resolve } from './resolve';
import type { CreatedResource, ResourceContext, ResourceHandler, Services } from './resource-type';
import { settleAll } from './settle';
import { resourceOf, type Template } from './template';
import { resourcesToUpdate } from './update';

/** What stacks are made with; the same for every stack of a sandbox. */
export interface StackEnvironment {
  handlers: ReadonlyMap<string, ResourceHandler>;
  gateway: Gateway;
  services: Services;
  clientOf: ClientOf;
}

/** A stack that should be there. */
export interface StackRequest {
  place: Place;
  stackName: string;
  template: Template;
  /** Values of the template's parameters. */
  parameters: Readonly<Record<string, string>>;
  asset: ResourceContext['asset'];
  createStackSet: ResourceContext['createStackSet'];
}

/** A stack that is there. */
export interface Stack {
  stackId: string;
  /** The template's outputs, by logical id. */
  outputs: Record<string, string>;
  /**
   * Updates the stack to another version of its template: functions, rules and the templates of stack sets, and nothing else.
   *
   * @throws UnsupportedError, before anything is changed, where something else differs.
   */
  update(template: Template, asset: ResourceContext['asset']): Promise<void>;
  /**
   * Removes the stack's resources, except those that its template retains, in an order that no dependency forbids.
   *
   * @throws UnsupportedError, before anything is removed, where the sandbox cannot remove one of them.
   */
  remove(): Promise<void>;
}

/**
 * Creates a stack as CloudFormation would. Each resource is a promise that waits for those it refers to, so that
 * resources create themselves in the right order and otherwise at once. Nothing is rolled back.
 *
 * @throws UnsupportedError before anything is created, for a resource type that the sandbox does not know; later for a
 *   property or an intrinsic function.
 * @throws TemplateError for a template that makes no sense.
 * @throws ResourceError for the first resource that could not be created, after everything that had begun has ended.
 */
export async function createStack(request: StackRequest, environment: StackEnvironment): Promise<Stack> {
  const { place, stackName, template } = request;
  const stackId = stackIdOf(request);
  const parameter = parameterValues(template, request.parameters, { ...place, stackName, stackId });
  const created = new Map<string, Promise<CreatedResource>>();
  const ofResource = async (logicalId: string): Promise<CreatedResource> => {
    const resource = created.get(logicalId);
    if (!resource) throw new TemplateError(`There is no resource ${logicalId} in ${stackName}.`);
    return resource;
  };
  const withoutConditions: Omit<Names, 'condition'> = {
    ref: async (name) => {
      const value = parameter(name);
      return value ? value.value : (await ofResource(name)).ref;
    },
    attribute: async (logicalId, attribute) => {
      const value = (await ofResource(logicalId)).attributes[attribute];
      if (value !== undefined) return value;
      const type = template.Resources[logicalId]?.Type;
      throw new UnsupportedError(
        `The sandbox does not know the attribute ${attribute} of ${logicalId} (${type}).`,
      );
    },
    mapping: (map, topLevelKey, secondLevelKey) => {
      const value = template.Mappings[map]?.[topLevelKey]?.[secondLevelKey];
      if (value !== undefined) return value;
      throw new TemplateError(
        `There is no ${topLevelKey} / ${secondLevelKey} in the mapping ${map} of ${stackName}.`,
      );
    },
  };
  const conditions = await evaluateConditions(template.Conditions, withoutConditions);
  const names: Names = { ...withoutConditions, condition: async (name) => conditions.get(name) ?? false };
  const graph = dependencies(template, conditions);
  let current = request;

  const create = async (logicalId: string): Promise<CreatedResource> => {
    const { Type, Properties, DependsOn } = resourceOf(current.template, logicalId);
    const handler = handlerOf(Type, logicalId, current, environment);
    for (const other of DependsOn) if (graph.has(other)) await ofResource(other);
    const properties = await resolve(Properties, names);
    try {
      return await handler.create(properties ?? {}, resourceContext(logicalId, current, environment));
    } catch (error) {
      throw describe(error, `${stackName} in ${place.accountId}/${place.region}: ${logicalId} (${Type})`);
    }
  };
  for (const logicalId of graph.keys()) {
    handlerOf(resourceOf(template, logicalId).Type, logicalId, request, environment);
  }
  // A resource may ask for another before the loop has come to it: each waits until all of them are known.
  const start = Promise.resolve();
  for (const logicalId of graph.keys())
    created.set(
      logicalId,
      start.then(() => create(logicalId)),
    );
  await settleAll([...created.values()]);

  const outputs = await Promise.all(
    Object.entries(template.Outputs)
      .filter(([, { Condition }]) => Condition === undefined || conditions.get(Condition))
      .map(
        async ([name, { Value }]) =>
          [name, servedHere(String(await resolve(Value, names)), environment.gateway.endpoint)] as const,
      ),
  );
  return {
    stackId,
    outputs: Object.fromEntries(outputs),
    update: async (next, asset) => {
      const ids = resourcesToUpdate(current.template, next, environment.handlers, stackName).filter((id) =>
        graph.has(id),
      );
      const before = ids.map((id) => [id, ofResource(id)] as const);
      current = { ...current, template: next, asset };
      // As at the creation: each waits for those that it refers to, the updated ones among them.
      const begin = Promise.resolve();
      for (const id of ids)
        created.set(
          id,
          begin.then(() => create(id)),
        );
      try {
        await settleAll(ids.map(ofResource));
      } catch (error) {
        for (const [id, old] of before) created.set(id, old);
        throw error;
      }
    },
    remove: () =>
      removeResources(template, graph, created, `${stackName} in ${place.accountId}/${place.region}`),
  };
}

function handlerOf(
  type: string,
  logicalId: string,
  { stackName }: StackRequest,
  { handlers }: StackEnvironment,
): ResourceHandler {
  const handler = handlers.get(type);
  if (handler) return handler;
  throw new UnsupportedError(
    `The sandbox does not support the resource type ${type} (${logicalId} in ${stackName}).`,
  );
}

function resourceContext(
  logicalId: string,
  { place, stackName, asset, createStackSet }: StackRequest,
  { gateway, services, clientOf }: StackEnvironment,
): ResourceContext {
  return {
    place,
    stackName,
    logicalId,
    gateway,
    services,
    client: (clientClass) => clientOf(place, clientClass),
    clientOf,
    generatedName: (maximumLength = 128) => {
      const suffix = digest([place.accountId, place.region, stackName, logicalId]).slice(0, 12);
      return `${`${stackName}-${logicalId}`.slice(0, maximumLength - suffix.length - 1)}-${suffix}`;
    },
    asset,
    createStackSet,
  };
}

function stackIdOf({ place, stackName }: StackRequest): string {
  const id = digest([place.accountId, place.region, stackName]).slice(0, 32);
  return `arn:aws:cloudformation:${place.region}:${place.accountId}:stack/${stackName}/${id}`;
}

function digest(parts: readonly Json[]): string {
  return createHash('sha256').update(JSON.stringify(parts)).digest('hex');
}

function describe(error: unknown, where: string): Error {
  const message = error instanceof Error ? error.message : String(error);
  if (error instanceof UnsupportedError) return new UnsupportedError(`${where}: ${message}`);
  return new ResourceError(`${where}: ${message}`, { cause: error });
}
