import type { Json } from '../../core/json';
import { printable } from '../../operator/text/printable';
import { fieldsOf, listOf, optionalFieldsOf, optionalTextOf } from '../../resources/kit/input';
import { readSecurityGroupRules } from '../../resources/security-group/rule';
import { ruleLine } from './rule-line';

/**
 * A security group that was saved, as lines: what it is called, and its ingress rules, sorted. Ids of rules are left out:
 * a rule that is given back has a new one.
 * @param saved with `ingressRules` as DescribeSecurityGroupRules answers
 * @throws ResourceInputError when it cannot be understood
 */
export function savedGroupLines(saved: Json): string[] {
  const group = fieldsOf(saved, 'the saved group');
  const lists = optionalFieldsOf(group.prefixLists, 'prefixLists') ?? {};
  return [
    ...['groupId', 'GroupName', 'Description', 'VpcId'].flatMap((name) => {
      const text = optionalTextOf(group[name], name);
      return text === undefined ? [] : [`${name}: ${printable(text)}`];
    }),
    ...readSecurityGroupRules(group.ingressRules, 'ingressRules').map(ruleLine).sort(),
    ...Object.entries(lists)
      .flatMap(([id, cidrs]) => listOf(cidrs, id).map((cidr) => printable(`${id} holds ${cidr}`)))
      .sort(),
  ];
}
