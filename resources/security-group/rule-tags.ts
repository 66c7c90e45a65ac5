import { either, fieldsOf, listOf, textOf } from '../kit/input';

/** A tag, as EC2 takes and answers it. */
export type RuleTag = { Key: string; Value: string };

/**
 * Keys that only AWS itself may set, in any mixture of capitals:
 * https://docs.aws.amazon.com/AWSEC2/latest/UserGuide/Using_Tags.html#tag-restrictions
 */
const reserved = /^aws:/i;

/**
 * Reads a rule's tags, sorted by key, without those that only AWS may set.
 * @throws ResourceInputError when they cannot be understood.
 */
export function readRuleTags(tags: unknown, path: string): RuleTag[] {
  return listOf(tags, path)
    .map((tag, index) => {
      const fields = fieldsOf(tag, `${path}[${index}]`);
      const value = either(fields.Value, fields.value);
      return {
        Key: textOf(either(fields.Key, fields.key), `${path}[${index}].key`),
        Value: typeof value === 'string' ? value : '',
      };
    })
    .filter(({ Key }) => !reserved.test(Key))
    .sort((a, b) => (a.Key < b.Key ? -1 : 1));
}

/** Whether two rules have the same tags; both as from `readRuleTags`, or absent. */
export function sameTags(a: readonly RuleTag[] = [], b: readonly RuleTag[] = []): boolean {
  return (
    a.length === b.length &&
    a.every((tag, index) => tag.Key === b[index]?.Key && tag.Value === b[index]?.Value)
  );
}
