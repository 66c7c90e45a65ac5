import type { Plan } from '../../core/plan';
import { changeOf, type SecurityGroupChange } from '../../resources/security-group/changes';
import { describeRule, type IngressRule } from '../../resources/security-group/ingress-rule';
import type { SecurityGroup } from '../../resources/security-group/model';
import { portsText } from '../../resources/security-group/ports-text';
import { lossOfList } from '../../resources/security-group/prefix-list-loss';
import { fitting, noRoomFor } from '../../resources/security-group/rules-quota';
import { type Closing, closingsOf } from './exposure';
import { keptProtocols, keptRules } from './kept-rules';
import type { OpenPortsParameters } from './parameters';

/**
 * The smallest change that closes the prohibited ports: rules that keep every other port first, so that nothing harmless is
 * ever closed, then the dangerous ones go, one source each.
 */
export function plan(group: SecurityGroup, parameters: OpenPortsParameters): Plan<SecurityGroupChange> {
  const closings = closingsOf(group, parameters);
  const { keepProtocols, rulesQuota } = parameters;
  const kept: IngressRule[] = [];
  const losses: string[] = [];
  for (const closing of closings) {
    kept.push(...keptRules(closing, keepProtocols));
    losses.push(...lossesOf(closing, parameters));
  }
  const { added, left } = fitting(group, kept, rulesQuota);
  for (const rule of left) losses.push(noRoomFor(rule));
  return {
    changes: [
      ...added.map((rule) => changeOf('authorize', rule, `Keep ${describeRule(rule)} open.`)),
      ...closings.map(({ entry: { rule, protocol } }) => {
        const others =
          protocol === '-1' ? ` IP protocols other than ${keptProtocols(keepProtocols)} go with it.` : '';
        return changeOf('revoke', rule, `Close ${describeRule(rule)}.${others}`);
      }),
    ],
    lossy: losses.length > 0,
    losses,
  };
}

function lossesOf({ entry: { rule, source }, closed }: Closing, parameters: OpenPortsParameters): string[] {
  const together = closed.filter((one) => one.together);
  if (together.length < closed.length) return lossOfList(rule, parameters);
  return [
    `${portsText(together)} closes for ${source}, though that is the internet only together with other sources.`,
  ];
}
