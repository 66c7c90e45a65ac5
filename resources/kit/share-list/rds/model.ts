import { readConfigurationItem } from '../../configuration-item';
import {
  either,
  type Fields,
  fieldsOf,
  isFields,
  notUnderstood,
  optionalFieldsOf,
  optionalTextOf,
} from '../../input';
import type { ConfigurationItems } from '../../resource-type';
import { type SharedResource, sharedWithNobody } from '../shared-resource';
import { shareOfAttributes } from './attributes';
import type { SnapshotNames } from './snapshot-names';

/**
 * Fills the model from what RDS answers: the answer of its Describe…Attributes, wrapped or not, whose list has to be there; beside it
 * what its list of snapshots says, as far as it is known.
 * @throws ResourceInputError when it cannot be understood
 */
export function snapshotFromApi(answer: unknown, names: SnapshotNames): SharedResource {
  const outer = fieldsOf(answer, names.thing);
  const fields = optionalFieldsOf(outer[names.result], names.result) ?? outer;
  const attributes = fields[names.list];
  if (attributes === undefined || attributes === null) {
    throw notUnderstood(names.list, `a list, as \`${names.command}\` answers it`, attributes);
  }
  const arn = optionalTextOf(fields[names.arn], names.arn);
  const createdAt = optionalTextOf(fields.SnapshotCreateTime, 'SnapshotCreateTime');
  return {
    ...partsOf(optionalTextOf(fields[names.id], names.id), arn, names),
    share: shareOfAttributes(attributes, names.list),
    ...(createdAt !== undefined && { createdAt }),
  };
}

/** The id in what RDS answers; anything else where it holds none. */
export function snapshotIdIn(answer: Readonly<Record<string, unknown>>, names: SnapshotNames): unknown {
  const fields = optionalFieldsOf(answer[names.result], names.result) ?? answer;
  return fields[names.id];
}

/** Whether it holds what such an answer, wrapped or not, alone holds. */
export function isAttributesAnswer(fields: Fields, names: SnapshotNames): boolean {
  return isFields(fields[names.result]) || Array.isArray(fields[names.list]);
}

/**
 * Snapshots as AWS Config records them, with their attributes beside the configuration. One without them cannot be judged by its item.
 * AWS's managed rule judges by the same item:
 * https://docs.aws.amazon.com/config/latest/developerguide/rds-snapshots-public-prohibited.html
 * https://github.com/awslabs/aws-config-resource-schema/blob/master/config/properties/resource-types/AWS::RDS::DBSnapshot.properties.json
 * https://github.com/awslabs/aws-config-resource-schema/blob/master/config/properties/resource-types/AWS::RDS::DBClusterSnapshot.properties.json
 */
export function snapshotItems(names: SnapshotNames): ConfigurationItems<SharedResource> {
  return {
    fromConfigurationItem(item) {
      const fields = readConfigurationItem(item, names.type);
      const id = optionalTextOf(either(fields.ResourceId, fields.resourceId), 'resourceId');
      const arn = optionalTextOf(fields.ARN ?? fields.arn, 'ARN');
      const parts = partsOf(id, arn, names);
      const where = 'supplementaryConfiguration';
      const supplement =
        optionalFieldsOf(
          either(fields.SupplementaryConfiguration, fields.supplementaryConfiguration),
          where,
        ) ?? {};
      const attributes = supplement[names.list];
      return attributes === undefined || attributes === null || attributes === ''
        ? { ...parts, share: sharedWithNobody, unread: 'everything' }
        : { ...parts, share: shareOfAttributes(attributes, `${where}.${names.list}`) };
    },
    relevantChanges: [`SupplementaryConfiguration.${names.list}`],
  };
}

function partsOf(
  id: string | undefined,
  arn: string | undefined,
  { kind }: SnapshotNames,
): Pick<SharedResource, 'id' | 'accountId'> {
  const [, accountId, of, name] = /^arn:[^:]+:rds:[^:]+:(\d{12}):([^:]+):(.+)$/.exec(arn ?? '') ?? [];
  if (of !== kind) return { id: id ?? '' };
  return { id: id ?? name ?? '', ...(accountId !== undefined && { accountId }) };
}
