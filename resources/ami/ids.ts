import { anyCharacters, couldMatch, type IdForm } from '../kit/id-form';
import type { ResourceIds } from '../kit/resource-type';

/** `ami-` and 8 hexadecimal digits, of old images, or 17. */
const form: IdForm = [{ text: 'ami-' }, { characters: /[0-9a-f]/, least: 8, most: 17 }];

/** What the id of an AMI looks like. */
export const amiIds: ResourceIds = {
  pattern: /^ami-[0-9a-f]{8,17}$/,
  form,
  noun: 'an AMI',
  idNoun: "an AMI's id",
  isNamedBy: (text) => /^arn:[^:]*:ec2:[^:]*:[^:]*:image\/|^ami-[0-9a-f]+$/.test(text),

  /** Takes an ARN or a name for what it is. */
  instead(text) {
    const [, last] = /(?:^|[/:])(ami-[^/:]*|\*)$/i.exec(text) ?? [];
    const id = (last ?? text).toLowerCase();
    if (id !== text && couldMatch(id, form)) return `write the AMI's id alone: ${id}.`;
    if (/^ami-/.test(id)) {
      return `the id of an AMI is ami- and 8 or 17 hexadecimal digits, like ami-0123456789abcdef0; ${anyCharacters}.`;
    }
    const named = /^[\w.*()/-]+$/.test(text) ? text : 'NAME';
    return `an AMI is named by its id, like ami-0123456789abcdef0, not by its name: aws ec2 describe-images --owners self --filters "Name=name,Values=${named}" --query "Images[].ImageId" says it.`;
  },
};
