import type { Json } from '../../../core/json';
import type {
  CreatedResource,
  ResourceContext,
  ResourceHandler,
  Services,
} from '../../../sandbox/cloudformation/resource-type';
import type { StackEnvironment, StackRequest } from '../../../sandbox/cloudformation/stack';
import { parseTemplate } from '../../../sandbox/cloudformation/template';
import type { Gateway } from '../../../sandbox/gateway/api';

export const place = { accountId: '222222222222', region: 'eu-west-1' };

/** A gateway and services that only take down what they are told. */
export function recordingEdge() {
  const calls: { name: string; arguments: unknown[] }[] = [];
  const recorder = <T extends object>(prefix: string): T =>
    new Proxy({} as T, {
      get:
        (_, method) =>
        (...given: unknown[]) => {
          calls.push({ name: `${prefix}.${String(method)}`, arguments: given });
        },
    });
  const services: Services = {
    lambda: recorder('lambda'),
    events: recorder('events'),
    config: recorder('config'),
  };
  return { calls, services, gateway: recorder<Gateway>('gateway') };
}

/** What a handler is given, with edges that take down what they are told. */
export function handlerContext() {
  const { calls, services, gateway } = recordingEdge();
  const refuse = () => {
    throw new Error('This test makes no call to AWS.');
  };
  const context: ResourceContext = {
    place,
    stackName: 'stack',
    logicalId: 'Resource',
    gateway,
    services,
    credentials: { accessKeyId: place.accountId, secretAccessKey: 'any' },
    client: refuse,
    clientOf: refuse,
    generatedName: () => 'generated-name',
    asset: (bucket, key) => `/assembly/${bucket}/${key}`,
    createStackSet: refuse,
  };
  return { calls, context };
}

/** A handler that creates nothing, and tells when it begins and ends. */
export function journalHandler(journal: string[]): ResourceHandler {
  return {
    async create(properties: Json, { logicalId }): Promise<CreatedResource> {
      journal.push(`create ${logicalId}`);
      await new Promise(setImmediate);
      if (JSON.stringify(properties).includes('"Fail":true')) throw new Error('AWS says no');
      journal.push(`created ${logicalId}`);
      return {
        ref: `ref-${logicalId}`,
        attributes: { Arn: `arn-${logicalId}`, Properties: properties },
        remove: async () => {
          await new Promise(setImmediate);
          journal.push(`removed ${logicalId}`);
        },
      };
    },
  };
}

/** A request for a stack of this template, and an environment in which `Test::Resource` can be created. */
export function stackOf(template: unknown, handlers: Record<string, ResourceHandler>) {
  const { services, gateway } = recordingEdge();
  const refuse = () => {
    throw new Error('This test makes no call to AWS.');
  };
  const request: StackRequest = {
    place,
    stackName: 'stack',
    template: parseTemplate(template, 'stack'),
    parameters: {},
    asset: refuse,
    createStackSet: refuse,
  };
  const environment: StackEnvironment = {
    handlers: new Map(Object.entries(handlers)),
    gateway,
    services,
    clientOf: refuse,
  };
  return { request, environment };
}
