import {
  type Fields,
  field,
  fieldsOf,
  isFields,
  listOf,
  notUnderstood,
  optionalTextOf,
  textOf,
} from '../kit/input';
import { type IngressRule, readPermission } from './ingress-rule';
import { readRuleTags } from './rule-tags';

/**
 * Reads an ingress rule with its tags from an element of DescribeSecurityGroupRules' `SecurityGroupRules`:
 * https://docs.aws.amazon.com/AWSEC2/latest/APIReference/API_SecurityGroupRule.html
 * @param path where the rule stands, for errors
 * @throws ResourceInputError when it cannot be understood.
 */
export function readSecurityGroupRule(rule: unknown, path: string): IngressRule {
  const fields = fieldsOf(rule, path);
  const [read] = readPermission(permissionOf(fields, path), path, {});
  if (read === undefined) throw notUnderstood(path, 'a rule with a source', fields);
  const tags = readRuleTags(field(fields, 'Tags'), `${path}.tags`);
  return { ...read, ...(tags.length === 0 ? {} : { tags }) };
}

/**
 * Reads the ingress rules of an answer of DescribeSecurityGroupRules.
 * @throws ResourceInputError when one cannot be understood.
 */
export function readSecurityGroupRules(rules: unknown, path: string): IngressRule[] {
  return listOf(rules, path).map((rule, index) => readSecurityGroupRule(rule, `${path}[${index}]`));
}

/** The rule as the permission that DescribeSecurityGroups would answer for it alone. */
function permissionOf(fields: Fields, path: string): object {
  const description = optionalTextOf(field(fields, 'Description'), `${path}.description`);
  const words = description === undefined ? {} : { Description: description };
  const listed = (list: string, name: string, key: string) => {
    const value = optionalTextOf(field(fields, key), `${path}.${key}`);
    return value === undefined ? {} : { [list]: [{ [name]: value, ...words }] };
  };
  const group = field(fields, 'ReferencedGroupInfo');
  return {
    IpProtocol: textOf(field(fields, 'IpProtocol'), `${path}.ipProtocol`),
    FromPort: field(fields, 'FromPort'),
    ToPort: field(fields, 'ToPort'),
    ...listed('IpRanges', 'CidrIp', 'CidrIpv4'),
    ...listed('Ipv6Ranges', 'CidrIpv6', 'CidrIpv6'),
    ...listed('PrefixListIds', 'PrefixListId', 'PrefixListId'),
    ...(isFields(group) ? { UserIdGroupPairs: [{ ...group, ...words }] } : {}),
  };
}
