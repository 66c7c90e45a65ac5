import { couldMatch, type IdForm } from './id-form';

/** `sg-` and 8 hexadecimal digits, of old groups, or 17. */
export const groupIdForm: IdForm = {
  start: 'sg-',
  edge: /[0-9a-f]/,
  inner: /[0-9a-f]/,
  least: 8,
  most: 17,
};

/** A bucket's name, also one of the old names in us-east-1. */
export const bucketNameForm: IdForm = {
  start: '',
  edge: /[A-Za-z0-9]/,
  inner: /[A-Za-z0-9._-]/,
  least: 3,
  most: 255,
};

/** What an exemption's pattern takes beside an id. */
export const anyCharacters = '* stands for any characters';

/**
 * What would be right in place of a text that can be no security group's id: an ARN, a name, a rule's id.
 * @param text may hold `*`
 * @returns a sentence for people
 */
export function groupIdInstead(text: string): string {
  const [, last] = /(?:^|[/:])(sg-[^/:]*|\*)$/i.exec(text) ?? [];
  const id = (last ?? text).toLowerCase();
  if (id !== text && couldMatch(id, groupIdForm)) return `write the security group's id alone: ${id}.`;
  if (bucketInArn(text) !== undefined) return "this is a bucket, where a security group's id is meant.";
  if (/^sgr-[0-9a-f]+$/.test(text)) {
    return `this is the id of a rule; write that of its security group: aws ec2 describe-security-group-rules --security-group-rule-ids ${text} --query "SecurityGroupRules[].GroupId" says it.`;
  }
  if (/^sg-/.test(id)) {
    return `the id of a security group is sg- and 8 or 17 hexadecimal digits, like sg-0123456789abcdef0; ${anyCharacters}.`;
  }
  const named = /^[\w.*-]+$/.test(text) ? text : 'NAME';
  return `a security group is named by its id, like sg-0123456789abcdef0, not by its name: aws ec2 describe-security-groups --filters "Name=group-name,Values=${named}" --query "SecurityGroups[].GroupId" says it.`;
}

/**
 * What would be right in place of a text that can be no bucket's name: an ARN, a URI, a path, a security group's id.
 * @param text may hold `*`
 * @returns a sentence for people
 */
export function bucketNameInstead(text: string): string {
  const name = bucketInArn(text) ?? /^(?:s3:\/\/)?([^/:]+)\//.exec(`${text}/`)?.[1];
  if (name !== undefined && name !== text && couldMatch(name, bucketNameForm)) {
    return `write the bucket's name alone: ${name}.`;
  }
  if (/^arn:[^:]*:ec2:|^sg-[0-9a-f]+$/.test(text))
    return "this is a security group, where a bucket's name is meant.";
  return `a bucket is named by its name: 3 to 63 letters, digits, hyphens and dots, like photos; ${anyCharacters}.`;
}

/** The bucket's part of its ARN, or of the ARN of objects in it. */
function bucketInArn(text: string): string | undefined {
  return /^arn:[^:]*:s3:::([^/]+)/.exec(text)?.[1];
}
