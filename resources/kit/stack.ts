import { cut } from '../../core/cut';
import type { Reading } from './live-resource';

/**
 * The tag with the name of the stack that made a resource. CloudFormation alone writes tags that begin with `aws:`.
 * https://docs.aws.amazon.com/AWSCloudFormation/latest/UserGuide/aws-properties-resource-tags.html
 */
const stackTag = 'aws:cloudformation:stack-name';

/** The longest name of a stack. https://docs.aws.amazon.com/AWSCloudFormation/latest/APIReference/API_CreateStack.html */
const longestName = 128;

/**
 * The stack that a resource belongs to.
 * @param tags as AWS answered them
 * @returns no key where no stack made it
 */
export function stackIn(
  tags: readonly { Key?: string | undefined; Value?: string | undefined }[] = [],
): Pick<Reading, 'stack'> {
  const name = tags.find(({ Key }) => Key === stackTag)?.Value;
  return name ? { stack: cut(name, longestName) } : {};
}
