import type { Json, JsonObject } from '../../../core/json';

/** A resource that a recorded resource is related to, in AWS Config's words (`Is contained in Vpc`). */
export interface Relationship {
  resourceId: string;
  resourceName: null;
  resourceType: string;
  name: string;
}

/**
 * What AWS Config knows of a resource at one moment. Statuses:
 * https://docs.aws.amazon.com/config/latest/APIReference/API_ConfigurationItem.html
 */
export type ConfigurationItemStatus = 'OK' | 'ResourceDiscovered' | 'ResourceDeleted' | 'ResourceNotRecorded';

/** The part of an item that is read from the live resource. */
export interface LiveResource {
  resourceName: string | null;
  ARN: string;
  /** `Not Applicable` for a security group, `Regional` for a bucket. */
  availabilityZone: string;
  /** ISO 8601, where the resource's own API tells it. */
  resourceCreationTime: string | null;
  tags: Record<string, string>;
  relationships: Relationship[];
  /** Null only once the resource is gone or no longer recorded. */
  configuration: JsonObject | null;
  supplementaryConfiguration: JsonObject;
}

/**
 * A configuration item in the form in which a rule's function receives it.
 * https://docs.aws.amazon.com/config/latest/developerguide/evaluate-config_develop-rules_example-events.html
 */
export interface ConfigurationItem extends LiveResource {
  relatedEvents: string[];
  configurationItemVersion: '1.3';
  /** ISO 8601 with milliseconds; later than that of the resource's item before. */
  configurationItemCaptureTime: string;
  /** Grows from item to item of a resource. */
  configurationStateId: number;
  configurationStateMd5Hash: '';
  configurationItemStatus: ConfigurationItemStatus;
  awsAccountId: string;
  awsRegion: string;
  resourceType: string;
  resourceId: string;
}

/** How an item differs from the one before. */
export type ChangeType = 'CREATE' | 'UPDATE' | 'DELETE';

/** One property that changed. */
export interface ChangedProperty {
  previousValue: Json;
  updatedValue: Json;
  changeType: ChangeType;
}

/** What changed between two items; keys like `Configuration.IpPermissions.0`. */
export interface ConfigurationItemDiff {
  changedProperties: Record<string, ChangedProperty>;
  changeType: ChangeType;
}

/** An item and what it changed. */
export interface RecordedItem {
  item: ConfigurationItem;
  diff: ConfigurationItemDiff;
}

/** Whether the resource of an item exists and is recorded. */
export function isLive(item: ConfigurationItem): boolean {
  return item.configurationItemStatus === 'OK' || item.configurationItemStatus === 'ResourceDiscovered';
}
