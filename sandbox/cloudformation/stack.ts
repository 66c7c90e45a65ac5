import { createHash } from 'node:crypto';
import type { Json } from '../../core/json';
import type { Place } from '../events';
import { UnsupportedError } from '../failures';
import { AccessDeniedError, type Credentials, type Gateway } from '../gateway/api';
import { servedHere } from '../services/apigateway/address';
import type { ClientOf } from './clients';
import { evaluateConditions } from './conditions';
import { type FailedResource, ResourceError, TemplateError } from './errors';
import { parameterValues } from './parameters';
import { dependencies, referencesOf } from './references';
import { type Removable, removeResources } from './removal';
import { type Names, resolve } from './resolve';
import type { CreatedResource, ResourceContext, ResourceHandler, Services } from './resource-type';
import { settleAll } from './settle';
import { resourceOf, type Template, type TemplateResource } from './template';
import { changesOf } from './update';

/** What stacks are made with; the same for every stack of a sandbox. */
export interface StackEnvironment {
  handlers: ReadonlyMap<string, ResourceHandler>;
  gateway: Gateway;
  services: Services;
  clientOf: ClientOf;
}

/** Somebody who deploys stacks in an account, and may do everything there that no service control policy denies. */
export interface Deployer {
  credentials: Credentials;
  clientOf: ClientOf;
}

/** What happens to a resource of a stack. https://docs.aws.amazon.com/AWSCloudFormation/latest/APIReference/API_StackEvent.html */
export interface ResourceEvent {
  logicalId: string;
  type: string;
  status: `${'CREATE' | 'UPDATE' | 'DELETE'}_${'IN_PROGRESS' | 'COMPLETE' | 'FAILED'}` | 'DELETE_SKIPPED';
  /** What `Ref` returns, once it is there. */
  physicalId?: string;
  reason?: string;
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
  /** As whom it is deployed; default: the account's administrator. */
  deployer?: Deployer;
  /** Hears what happens to its resources. */
  tell?: (event: ResourceEvent) => void;
}

/** A stack that is there. */
export interface Stack {
  stackId: string;
  /** The template's outputs, by logical id. */
  readonly outputs: Record<string, string>;
  /**
   * Updates the stack to another version of its template: resources that are new are created, those that it names no more are
   * removed, and those that stay are updated as far as their handlers let their properties differ. Where one of them fails, what was
   * created is removed; those that were updated before it stay as they are, which AWS would take back.
   *
   * @throws UnsupportedError, before anything is changed, where something else differs.
   */
  update(template: Template, asset: ResourceContext['asset']): Promise<void>;
  /**
   * Removes the stack's resources, except those that its template retains, in an order that no dependency forbids. Where one
   * cannot be removed, the next call goes on with those that are left.
   *
   * @throws UnsupportedError, before anything is removed, where the sandbox cannot remove one of them.
   */
  remove(): Promise<void>;
}

/** A resource that is there, and the template's words for it. */
interface Standing {
  resource: TemplateResource;
  /** Worked out. */
  properties: Json;
  created: CreatedResource;
}

/**
 * Creates a stack as CloudFormation would. Each resource is a promise that waits for those it refers to, so that
 * resources create themselves in the right order and otherwise at once. Where one fails, those that were created are removed.
 *
 * @throws UnsupportedError before anything is created, for a resource type that the sandbox does not know; later for a
 *   property or an intrinsic function.
 * @throws TemplateError for a template that makes no sense.
 * @throws ResourceError for the first resource that could not be created, after everything that had begun has ended.
 */
export async function createStack(request: StackRequest, environment: StackEnvironment): Promise<Stack> {
  const stack = new StandingStack(request, environment);
  await stack.create();
  return stack;
}

class StandingStack implements Stack {
  readonly stackId: string;
  outputs: Record<string, string> = {};
  private request: StackRequest;
  private readonly standing = new Map<string, Standing>();
  private readonly where: string;

  constructor(
    request: StackRequest,
    private readonly environment: StackEnvironment,
  ) {
    this.request = request;
    this.stackId = stackIdOf(request);
    this.where = `${request.stackName} in ${request.place.accountId}/${request.place.region}`;
  }

  async create(): Promise<void> {
    const { graph } = await this.read(this.request);
    try {
      await this.bring(this.request, [...graph.keys()], 'CREATE');
    } catch (error) {
      await this.rollBack([...this.standing.keys()]);
      throw error;
    }
  }

  async update(template: Template, asset: ResourceContext['asset']): Promise<void> {
    const before = this.request;
    const next = { ...before, template, asset };
    const { handlers } = this.environment;
    const changes = changesOf(before.template, template, handlers, before.stackName);
    const { graph } = await this.read(next);
    const added = changes.added.filter((id) => graph.has(id));
    const updated = changes.updated.filter((id) => graph.has(id));
    const old = new Map(updated.map((id) => [id, this.standing.get(id)]));
    try {
      await this.bring(next, [...added, ...updated], 'UPDATE');
    } catch (error) {
      await this.rollBack(added);
      for (const [id, standing] of old) if (standing) this.standing.set(id, standing);
      throw error;
    }
    this.request = next;
    await this.drop(changes.removed.filter((id) => this.standing.has(id)));
  }

  async remove(): Promise<void> {
    await this.drop([...this.standing.keys()]);
  }

  /** Works a version of the template out, as far as nothing has to be created for that. */
  private async read(request: StackRequest) {
    const { template, stackName } = request;
    const { place } = request;
    const parameter = parameterValues(template, request.parameters, {
      ...place,
      stackName,
      stackId: this.stackId,
    });
    const created = new Map<string, Promise<CreatedResource>>(
      [...this.standing].map(([id, standing]) => [id, Promise.resolve(standing.created)]),
    );
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
    for (const logicalId of graph.keys()) {
      handlerOf(resourceOf(template, logicalId).Type, logicalId, request, this.environment);
    }
    return { names, graph, created, ofResource, conditions };
  }

  /** Creates resources, or gives those that are there new properties, each after those that it refers to. */
  private async bring(
    request: StackRequest,
    logicalIds: readonly string[],
    verb: 'CREATE' | 'UPDATE',
  ): Promise<void> {
    const { names, graph, created, ofResource, conditions } = await this.read(request);
    const { template } = request;
    const bringOne = async (logicalId: string): Promise<CreatedResource> => {
      const resource = resourceOf(template, logicalId);
      for (const other of resource.DependsOn) if (graph.has(other)) await ofResource(other);
      const properties = (await resolve(resource.Properties, names)) ?? {};
      const made = await this.make(
        logicalId,
        properties,
        request,
        this.standing.has(logicalId) ? verb : 'CREATE',
      );
      this.standing.set(logicalId, { resource, properties, created: made });
      return made;
    };
    // A resource may ask for another before the loop has come to it: each waits until all of them are known.
    const start = Promise.resolve();
    const begun = logicalIds.map((id) => [id, start.then(() => bringOne(id))] as const);
    for (const [id, promise] of begun) created.set(id, promise);
    await settleAll(begun.map(([, promise]) => promise));
    // What stays may have got other words for how it is removed.
    for (const [id, standing] of this.standing)
      standing.resource = template.Resources[id] ?? standing.resource;
    const outputs = await Promise.all(
      Object.entries(template.Outputs)
        .filter(([, { Condition }]) => Condition === undefined || conditions.get(Condition))
        .map(async ([name, { Value }]) => {
          const value = String(await resolve(Value, names));
          return [name, servedHere(value, this.environment.gateway.endpoint)] as const;
        }),
    );
    this.outputs = Object.fromEntries(outputs);
  }

  private async make(
    logicalId: string,
    properties: Json,
    request: StackRequest,
    verb: 'CREATE' | 'UPDATE',
  ): Promise<CreatedResource> {
    const type = resourceOf(request.template, logicalId).Type;
    const handler = handlerOf(type, logicalId, request, this.environment);
    const tell = (event: Pick<ResourceEvent, 'status' | 'physicalId' | 'reason'>) =>
      request.tell?.({ logicalId, type, ...event });
    tell({ status: `${verb}_IN_PROGRESS` });
    try {
      const previous = this.standing.get(logicalId)?.properties;
      const context = {
        ...resourceContext(logicalId, request, this.environment),
        ...(previous !== undefined && { previous }),
      };
      if (handler.action !== undefined) requirePermission(handler.action, context);
      const created = await handler.create(properties, context);
      tell({ status: `${verb}_COMPLETE`, physicalId: created.ref });
      return created;
    } catch (error) {
      const described = describe(error, `${this.where}: ${logicalId} (${type})`, { logicalId, type });
      tell({ status: `${verb}_FAILED`, reason: reasonOf(error) });
      throw described;
    }
  }

  private async rollBack(logicalIds: readonly string[]): Promise<void> {
    // What could not be removed stays, as after a rollback that failed; the error that led to it is what matters.
    await this.drop(logicalIds).catch(() => {});
  }

  private async drop(logicalIds: readonly string[]): Promise<void> {
    const all = logicalIds.flatMap((logicalId) => {
      const standing = this.standing.get(logicalId);
      return standing ? [{ logicalId, ...standing }] : [];
    });
    const graph = new Map(all.map(({ logicalId, resource }) => [logicalId, referencesOf(resource)]));
    await removeResources(all, graph, this.where, (one, remove) => this.dropOne(one, remove));
    for (const { logicalId, resource } of all) {
      if (!this.standing.delete(logicalId)) continue;
      this.request.tell?.({ logicalId, type: resource.Type, status: 'DELETE_SKIPPED' });
    }
  }

  private async dropOne(
    { logicalId, resource, created }: Removable,
    remove: () => Promise<void>,
  ): Promise<void> {
    const about = { logicalId, type: resource.Type, physicalId: created.ref };
    this.request.tell?.({ ...about, status: 'DELETE_IN_PROGRESS' });
    try {
      await remove();
    } catch (error) {
      this.request.tell?.({ ...about, status: 'DELETE_FAILED', reason: reasonOf(error) });
      throw describe(error, `${this.where}: ${logicalId} (${resource.Type})`, about);
    }
    this.standing.delete(logicalId);
    this.request.tell?.({ ...about, status: 'DELETE_COMPLETE' });
  }
}

/** @throws AccessDeniedError where a service control policy denies the deploying administrator what the handler does */
function requirePermission(action: string, { gateway, credentials, place }: ResourceContext): void {
  const principal = gateway.principalOf(credentials.accessKeyId);
  if (!principal) return;
  const decision = gateway.authorize({
    principal,
    action,
    resource: '*',
    resourceAccountId: place.accountId,
    context: { 'aws:requestedregion': place.region },
  });
  if (!decision.allowed) throw new AccessDeniedError(decision.reason);
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
  { place, stackName, asset, createStackSet, deployer }: StackRequest,
  { gateway, services, clientOf }: StackEnvironment,
): ResourceContext {
  return {
    place,
    stackName,
    logicalId,
    gateway,
    services,
    credentials: deployer?.credentials ?? gateway.administratorOf(place.accountId),
    client: (clientClass) => (deployer?.clientOf ?? clientOf)(place, clientClass),
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

function describe(error: unknown, where: string, about: Omit<FailedResource, 'reason'>): Error {
  const reason = reasonOf(error);
  if (error instanceof UnsupportedError) return new UnsupportedError(`${where}: ${reason}`);
  return new ResourceError(`${where}: ${reason}`, { cause: error }, { ...about, reason });
}

function reasonOf(error: unknown): string {
  return error instanceof Error ? error.message : String(error);
}
