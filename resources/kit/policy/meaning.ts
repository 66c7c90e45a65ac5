import type { Json } from '../../../core/json';
import { isFields } from '../input';
import type { ResourcePolicy } from './resource-policy';

/*
 * AWS may answer a policy in another form than it was given. What is compared here is what it means.
 */

/** Whether two policies say the same, statement by statement; undefined stands for no policy. */
export function samePolicy(one: ResourcePolicy | undefined, other: ResourcePolicy | undefined): boolean {
  return policyMeaning(one) === policyMeaning(other);
}

/**
 * A statement, or a part of one, as a text that is the same for all forms of the same meaning. A list with one element
 * means what the element means, and the order of values means nothing:
 * https://docs.aws.amazon.com/IAM/latest/UserGuide/reference_policies_grammar.html
 */
export function meaningOf(value: Json | undefined): string {
  if (Array.isArray(value)) {
    const [first] = value;
    return value.length === 1 ? meaningOf(first) : `[${value.map(meaningOf).sort().join(',')}]`;
  }
  if (!isFields(value)) return JSON.stringify(String(value));
  const fields = Object.entries(value).map(([key, part]) => `${JSON.stringify(key)}:${meaningOf(part)}`);
  return `{${fields.sort().join(',')}}`;
}

function policyMeaning(policy: ResourcePolicy | undefined): string {
  if (policy === undefined) return '';
  const { Statement: _statement, ...rest } = policy.document;
  return [meaningOf(rest), ...policy.statements.map(meaningOf)].join('\n');
}
