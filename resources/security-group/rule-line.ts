import { printable, printableJson } from '../kit/printable';
import { describeRule, type IngressRule } from './ingress-rule';

/** A security group's rule on one line: `tcp 443 from 0.0.0.0/0  "web"  {"team":"shop"}`. */
export function ruleLine(rule: IngressRule): string {
  const { description, tags = [] } = rule;
  return [
    printable(describeRule(rule)),
    ...(description ? [printableJson(description)] : []),
    ...(tags.length > 0
      ? [printableJson(Object.fromEntries(tags.map(({ Key, Value }) => [Key, Value])))]
      : []),
  ].join('  ');
}
