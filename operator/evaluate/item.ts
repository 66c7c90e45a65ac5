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

/** Reads what a configuration item says of itself, in any of AWS Config's forms; its parts only where it does not say enough. */
export function readItem(fields: Fields): Item {
  const id = textOf(fields.resourceId);
  const saidName = id ?? textOf(fields.resourceName);
  const saidType = textOf(fields.resourceType);
  const configuration = partOf(fields.configuration);
  const types = Object.values(resources);
  const name = saidName ?? types.map(({ idIn }) => textOf(idIn(configuration()))).find(isText);
  const shape = () => {
    const row = {
      id,
      configuration: configuration(),
      supplement: partOf(fields.supplementaryConfiguration)(),
    };
    return types.find(({ fits }) => fits(row))?.type;
  };
  return {
    name: name ?? null,
    type: saidType ?? shape(),
    named: (type) => resources[type].withId(fields, configuration(), name ?? unnamed),
  };
}

/** A part of an item, which may be text; decoded once, when it is asked for. */
function partOf(value: unknown): () => Fields {
  let part: Fields | undefined;
  return () => {
    if (part === undefined) {
      const read = decoded(value);
      part = isFields(read) ? read : {};
    }
    return part;
  };
}

function textOf(value: unknown): string | undefined {
  return isText(value) ? value : undefined;
}
