import { anyCharacters, couldMatch, type IdForm } from '../kit/id-form';
import type { ResourceIds } from '../kit/resource-type';

/** A bucket's name, also one of the old names in us-east-1. */
const form: IdForm = [
  { characters: /[A-Za-z0-9]/, least: 1, most: 1 },
  { characters: /[A-Za-z0-9._-]/, least: 1, most: 253 },
  { characters: /[A-Za-z0-9]/, least: 1, most: 1 },
];

/** What the name of a bucket looks like. */
export const bucketIds: ResourceIds = {
  /**
   * Old ones in us-east-1 may have capitals, underscores and up to 255 characters:
   * https://docs.aws.amazon.com/AmazonS3/latest/userguide/bucketnamingrules.html
   */
  pattern: /^[A-Za-z0-9][A-Za-z0-9._-]{1,253}[A-Za-z0-9]$/,
  form,
  noun: 'a bucket',
  idNoun: "a bucket's name",
  isNamedBy: (text) => inArn(text) !== undefined,

  /** Takes an ARN, a URI or a path for what it is. */
  instead(text) {
    const name = inArn(text) ?? /^(?:s3:\/\/)?([^/:]+)\//.exec(`${text}/`)?.[1];
    if (name !== undefined && name !== text && couldMatch(name, form)) {
      return `write the bucket's name alone: ${name}.`;
    }
    return `a bucket is named by its name: 3 to 63 letters, digits, hyphens and dots, like photos; ${anyCharacters}.`;
  },
};

/** The bucket's part of its ARN, or of the ARN of objects in it. */
function inArn(text: string): string | undefined {
  return /^arn:[^:]*:s3:::([^/]+)/.exec(text)?.[1];
}
