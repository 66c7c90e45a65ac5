import { cut } from '../../core/cut';
import { exemptUntilTag } from '../../core/exempt-tag';
import type { Reading } from './live-resource';

/** The longest value that AWS lets a tag have. https://docs.aws.amazon.com/tag-editor/latest/userguide/best-practices-and-strats.html */
const maximumLength = 256;

/**
 * What a resource's tags say of an exemption.
 * @param tags as AWS answered them
 * @returns `exemptUntil` as its owners wrote it, also when that is nothing at all; no key without the tag
 */
export function exemptUntilIn(
  tags: readonly { Key?: string | undefined; Value?: string | undefined }[] = [],
): Pick<Reading, 'exemptUntil'> {
  const tag = tags.find(({ Key }) => Key === exemptUntilTag);
  return tag ? { exemptUntil: cut(tag.Value ?? '', maximumLength, '') } : {};
}
