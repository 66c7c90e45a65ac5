import { decoded, type Fields, isFields, isText } from '../../resources/kit/input';
import { resources } from '../../resources/registry';
import type { FixableResourceType } from '../../resources/resource-types';

/** A configuration item, or a row of a query with some of its fields. */
export interface Item {
  /** Its id or name; null where it does not say. */
  name: string | null;
  /** What it says that it is, or else its shape; undefined where neither tells. */
  type: string | undefined;
  /** The same item with the id without which no model of this type is filled. */
  named(type: FixableResourceType): Fields;
}

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
  const types = Object.values(resources);
  const inConfiguration = types.map(({ idIn }) => textOf(idIn(configuration))).find(isText);
  const name = id ?? textOf(fields.resourceName) ?? inConfiguration;
  const shape = types.find(({ fits }) => fits({ id, configuration, supplement }))?.type;
  return {
    name: name ?? null,
    type: textOf(fields.resourceType) ?? shape,
    named: (type) => resources[type].withId(fields, configuration, name ?? unnamed),
  };
}

function textOf(value: unknown): string | undefined {
  return isText(value) ? value : undefined;
}
