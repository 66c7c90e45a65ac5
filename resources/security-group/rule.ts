import {
  either,
  type Fields,
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
  const tags = readRuleTags(either(fields.Tags, fields.tags), `${path}.tags`);
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
  const description = optionalTextOf(either(fields.Description, fields.description), `${path}.description`);
  const words = description === undefined ? {} : { Description: description };
  const listed = (list: string, name: string, key: string, value: unknown) => {
    const text = optionalTextOf(value, `${path}.${key}`);
    return text === undefined ? {} : { [list]: [{ [name]: text, ...words }] };
  };
  const group = either(fields.ReferencedGroupInfo, fields.referencedGroupInfo);
  return {
    IpProtocol: textOf(either(fields.IpProtocol, fields.ipProtocol), `${path}.ipProtocol`),
    FromPort: either(fields.FromPort, fields.fromPort),
    ToPort: either(fields.ToPort, fields.toPort),
    ...listed('IpRanges', 'CidrIp', 'CidrIpv4', either(fields.CidrIpv4, fields.cidrIpv4)),
    ...listed('Ipv6Ranges', 'CidrIpv6', 'CidrIpv6', either(fields.CidrIpv6, fields.cidrIpv6)),
    ...listed(
      'PrefixListIds',
      'PrefixListId',
      'PrefixListId',
      either(fields.PrefixListId, fields.prefixListId),
    ),
    ...(isFields(group) ? { UserIdGroupPairs: [{ ...group, ...words }] } : {}),
  };
}
