import { anyCharacters, type IdForm } from '../kit/id-form';
import type { ResourceIds } from '../kit/resource-type';

const form: IdForm = [{ characters: /[a-z0-9-]/, least: 36, most: 36 }];

/**
 * What the id of a key looks like, which is its id in AWS Config, too: a UUID, or `mrk-` and 32 digits for a key of several Regions,
 * which is a key of its own in each of them.
 * https://docs.aws.amazon.com/kms/latest/developerguide/concepts.html#key-id
 * https://docs.aws.amazon.com/kms/latest/developerguide/multi-region-keys-overview.html
 */
export const keyIds: ResourceIds = {
  pattern: /^(?:[0-9a-f]{8}-[0-9a-f]{4}-[0-9a-f]{4}-[0-9a-f]{4}-[0-9a-f]{12}|mrk-[0-9a-f]{32})$/,
  form,
  noun: 'a key',
  idNoun: "a key's id",
  isNamedBy: (text) => /^arn:[^:]*:kms:/.test(text),

  /** Takes an ARN, or an alias, for what it is. */
  instead(text) {
    const id = /^arn:[^:]*:kms:[^:]*:[^:]*:key\/(.+)$/.exec(text)?.[1];
    if (id !== undefined) return `write the key's id: ${id}.`;
    const alias = /(?:^|:)(alias\/[A-Za-z0-9/_-]{1,249})$/.exec(text)?.[1];
    if (alias !== undefined) {
      return `a key is named by its id: aws kms describe-key --query KeyMetadata.KeyId --key-id ${alias} says it; ${anyCharacters}.`;
    }
    return `a key is named by its id, like 1234abcd-12ab-34cd-56ef-1234567890ab; ${anyCharacters}.`;
  },
};

/** The id of the key that an id or an ARN names; undefined for what is neither. */
export function keyIdIn(text: unknown): string | undefined {
  if (typeof text !== 'string') return undefined;
  const id = text.startsWith('arn:') ? text.slice(text.indexOf('/') + 1) : text;
  return keyIds.pattern.test(id) ? id : undefined;
}
