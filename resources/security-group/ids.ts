import { anyCharacters, couldMatch, type IdForm } from '../kit/id-form';
import type { ResourceIds } from '../kit/resource-type';

/** `sg-` and 8 hexadecimal digits, of old groups, or 17. */
const form: IdForm = [{ text: 'sg-' }, { characters: /[0-9a-f]/, least: 8, most: 17 }];

/** What the id of a security group looks like. */
export const groupIds: ResourceIds = {
  pattern: /^sg-[0-9a-f]{8,17}$/,
  form,
  noun: 'a security group',
  idNoun: "a security group's id",
  isNamedBy: (text) => /^arn:[^:]*:ec2:[^:]*:[^:]*:security-group\/|^sg-[0-9a-f]+$/.test(text),

  /** Takes an ARN, a name or a rule's id for what it is. */
  instead(text) {
    const [, last] = /(?:^|[/:])(sg-[^/:]*|\*)$/i.exec(text) ?? [];
    const id = (last ?? text).toLowerCase();
    if (id !== text && couldMatch(id, form)) return `write the security group's id alone: ${id}.`;
    if (/^sgr-[0-9a-f]+$/.test(text)) {
      return `this is the id of a rule; write that of its security group: aws ec2 describe-security-group-rules --security-group-rule-ids ${text} --query "SecurityGroupRules[].GroupId" says it.`;
    }
    if (/^sg-/.test(id)) {
      return `the id of a security group is sg- and 8 or 17 hexadecimal digits, like sg-0123456789abcdef0; ${anyCharacters}.`;
    }
    const named = /^[\w.*-]+$/.test(text) ? text : 'NAME';
    return `a security group is named by its id, like sg-0123456789abcdef0, not by its name: aws ec2 describe-security-groups --filters "Name=group-name,Values=${named}" --query "SecurityGroups[].GroupId" says it.`;
  },
};
