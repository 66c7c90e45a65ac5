import { decoded, type Fields, isFields } from '../../resources/kit/input';
import {
  type FixableResourceType,
  isFixableResourceType,
  isResourceId,
} from '../../resources/resource-types';

/** A configuration item, or a row of a query with some of its fields. */
export interface Item {
  /** Its id or name; null where it does not say. */
  name: string | null;
  /** What it says that it is, or else its shape; undefined where neither tells. */
  type: string | undefined;
  /** The same item with the id without which no model of this type is filled. */
  named(type: FixableResourceType): Fields;
}

/** How rows are recognized that do not say what they are, and where a model looks for the id. */
interface Shape {
  fits(row: { id: string | undefined; configuration: Fields; supplement: Fields }): boolean;
  withId(fields: Fields, configuration: Fields, id: string): Fields;
}

const shapes: Record<FixableResourceType, Shape> = {
  'AWS::EC2::SecurityGroup': {
    fits: ({ id, configuration }) =>
      Object.hasOwn(configuration, 'groupId') ||
      Object.hasOwn(configuration, 'ipPermissions') ||
      (id !== undefined && isResourceId('AWS::EC2::SecurityGroup', id)),
    withId: (fields, configuration, id) =>
      textOf(configuration.groupId) === undefined && Object.hasOwn(fields, 'configuration')
        ? { ...fields, configuration: { ...configuration, groupId: id } }
        : fields,
  },
  'AWS::S3::Bucket': {
    fits: ({ supplement }) =>
      ['AccessControlList', 'BucketPolicy', 'PublicAccessBlockConfiguration'].some((key) =>
        Object.hasOwn(supplement, key),
      ),
    withId: (fields, configuration, id) =>
      textOf(configuration.name) === undefined ? { ...fields, resourceName: id } : fields,
  },
};

/** Stands for an id that a row does not say. It is never told as one. */
const unnamed = 'unnamed';

/** Reads what a configuration item says of itself, in any of AWS Config's forms. */
export function readItem(fields: Fields): Item {
  const part = (value: unknown): Fields => {
    const read = decoded(value);
    return isFields(read) ? read : {};
  };
  const configuration = part(fields.configuration);
  const supplement = part(fields.supplementaryConfiguration);
  const id = textOf(fields.resourceId);
  const name =
    id ?? textOf(fields.resourceName) ?? textOf(configuration.groupId) ?? textOf(configuration.name);
  const shape = Object.keys(shapes).find(
    (type) => isFixableResourceType(type) && shapes[type].fits({ id, configuration, supplement }),
  );
  return {
    name: name ?? null,
    type: textOf(fields.resourceType) ?? shape,
    named: (type) => shapes[type].withId(fields, configuration, name ?? unnamed),
  };
}

function textOf(value: unknown): string | undefined {
  return typeof value === 'string' && value !== '' ? value : undefined;
}
