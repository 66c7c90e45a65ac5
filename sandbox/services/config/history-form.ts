import type { JsonObject } from '../../../core/json';
import type { ConfigurationItem } from './configuration-item';

/**
 * An item as GetResourceConfigHistory answers it: `configuration` and every value of `supplementaryConfiguration` are
 * JSON text, so that the access control list, which is text already, is encoded twice. Times are seconds since the epoch.
 * https://docs.aws.amazon.com/config/latest/APIReference/API_ConfigurationItem.html
 */
export function historyForm(item: ConfigurationItem): JsonObject {
  return {
    version: item.configurationItemVersion,
    accountId: item.awsAccountId,
    configurationItemCaptureTime: item.configurationStateId / 1000,
    configurationItemStatus: item.configurationItemStatus,
    configurationStateId: String(item.configurationStateId),
    configurationItemMD5Hash: item.configurationStateMd5Hash,
    arn: item.ARN,
    resourceType: item.resourceType,
    resourceId: item.resourceId,
    ...(item.resourceName === null ? {} : { resourceName: item.resourceName }),
    awsRegion: item.awsRegion,
    availabilityZone: item.availabilityZone,
    ...(item.resourceCreationTime === null
      ? {}
      : { resourceCreationTime: Date.parse(item.resourceCreationTime) / 1000 }),
    tags: item.tags,
    relatedEvents: item.relatedEvents,
    relationships: item.relationships.map(({ resourceType, resourceId, name }) => ({
      resourceType,
      resourceId,
      relationshipName: name,
    })),
    ...(item.configuration === null ? {} : { configuration: JSON.stringify(item.configuration) }),
    supplementaryConfiguration: Object.fromEntries(
      Object.entries(item.supplementaryConfiguration).map(([name, value]) => [name, JSON.stringify(value)]),
    ),
  };
}
