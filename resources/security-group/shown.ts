import { fieldsOf, listOf, optionalFieldsOf, optionalTextOf } from '../kit/input';
import { printable } from '../kit/printable';
import type { Shown } from '../kit/resource-type';
import { isSecurityGroupChange, ruleOf } from './changes';
import { readSecurityGroupRules } from './rule';
import { ruleLine } from './rule-line';

/** How security groups are shown. */
export const shownGroup: Shown = {
  /**
   * What the group is called, and its ingress rules as DescribeSecurityGroupRules answers them, sorted. Ids of rules are left out: a
   * rule that is given back has a new one.
   */
  savedLines(saved) {
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
  },

  /** A line for each rule. */
  changeLines(change) {
    if (!isSecurityGroupChange(change)) return undefined;
    return [{ kind: change.action === 'revoke' ? 'goes' : 'comes', text: ruleLine(ruleOf(change)) }];
  },
};
