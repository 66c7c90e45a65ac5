import { writeWhole } from '../files/write-whole';
import { type PolicyFile, parsePolicy } from '../policy-file';

/**
 * Writes a policy that was made, once it is valid.
 * @param name what it is called in messages
 * @throws OperatorError that lists what is wrong with it: nothing is written then; and what the file system throws
 */
export function writePolicy(path: string, name: string, text: string): PolicyFile {
  const file = parsePolicy(text, name);
  writeWhole(path, text);
  return file;
}
