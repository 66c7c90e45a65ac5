import type { ResourcePlace } from '../../events';
import {
  type ConfigurationItem,
  type ConfigurationItemStatus,
  isLive,
  type LiveResource,
  type RecordedItem,
} from './configuration-item';
import { changedProperties } from './item-diff';

/**
 * The item that AWS Config records when it finds a resource as `live` (undefined: gone) after the item `previous`.
 *
 * @param now milliseconds since the epoch; moved on where the item before has the same time, so that items have an order
 * @returns undefined when there is nothing to record: nothing changed, or what is gone was not there before
 */
export function nextItem(
  resource: ResourcePlace,
  previous: ConfigurationItem | undefined,
  live: LiveResource | undefined,
  now: number,
): RecordedItem | undefined {
  const before = previous !== undefined && isLive(previous) ? previous : undefined;
  if (live === undefined) {
    return before && ended(resource, before, 'ResourceDeleted', now);
  }
  if (before === undefined) {
    return {
      item: itemOf(resource, live, 'ResourceDiscovered', timeAfter(previous, now)),
      diff: { changedProperties: {}, changeType: 'CREATE' },
    };
  }
  const changes = changedProperties(before, live);
  if (Object.keys(changes).length === 0) return undefined;
  return {
    item: itemOf(resource, live, 'OK', timeAfter(previous, now)),
    diff: { changedProperties: changes, changeType: 'UPDATE' },
  };
}

/** The item that says that a resource is deleted, or that its type is no longer recorded. */
export function ended(
  resource: ResourcePlace,
  before: ConfigurationItem,
  status: Extract<ConfigurationItemStatus, 'ResourceDeleted' | 'ResourceNotRecorded'>,
  now: number,
): RecordedItem {
  const empty: LiveResource = {
    resourceName: before.resourceName,
    ARN: before.ARN,
    availabilityZone: before.availabilityZone,
    resourceCreationTime: before.resourceCreationTime,
    tags: {},
    relationships: [],
    configuration: null,
    supplementaryConfiguration: {},
  };
  return {
    item: itemOf(resource, empty, status, timeAfter(before, now)),
    diff: { changedProperties: changedProperties(before, empty), changeType: 'DELETE' },
  };
}

function timeAfter(previous: ConfigurationItem | undefined, now: number): number {
  return previous === undefined ? now : Math.max(now, previous.configurationStateId + 1);
}

function itemOf(
  resource: ResourcePlace,
  live: LiveResource,
  status: ConfigurationItemStatus,
  time: number,
): ConfigurationItem {
  return {
    relatedEvents: [],
    ...live,
    configurationItemVersion: '1.3',
    configurationItemCaptureTime: new Date(time).toISOString(),
    configurationStateId: time,
    configurationStateMd5Hash: '',
    configurationItemStatus: status,
    awsAccountId: resource.accountId,
    awsRegion: resource.region,
    resourceType: resource.resourceType,
    resourceId: resource.resourceId,
  };
}
