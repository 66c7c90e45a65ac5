import { services } from '../services/registry';
import type { ResourceHandler } from './resource-type';

/** Makes the table of the resource types that the sandbox can create, for one sandbox. */
export function createHandlers(): ReadonlyMap<string, ResourceHandler> {
  return new Map(services.flatMap(({ resourceTypes }) => Object.entries(resourceTypes?.() ?? {})));
}
