import type { Plan } from '../../core/plan';
import { changeOf, type SecurityGroupChange } from '../../resources/security-group/changes';
import { narrowed } from '../../resources/security-group/entries';
import { describeRule, type IngressRule, sourceKey } from '../../resources/security-group/ingress-rule';
import type { SecurityGroup } from '../../resources/security-group/model';
import { portsText } from '../../resources/security-group/ports-text';
import { lossOfList } from '../../resources/security-group/prefix-list-loss';
import { fitting, noRoomFor } from '../../resources/security-group/rules-quota';
import { type Narrowing, narrowingsOf } from './exposure';
import type { WideOpenParameters } from './parameters';

/** Narrows the widest rules to what is kept open, as few of them as are enough. It always takes ports that nobody prohibited. */
export function plan(group: SecurityGroup, parameters: WideOpenParameters): Plan<SecurityGroupChange> {
  const narrowings = narrowingsOf(group, parameters);
  const kept: IngressRule[] = [];
  const losses: string[] = [];
  for (const narrowing of narrowings) {
    kept.push(...rulesOf(narrowing));
    losses.push(lossOf(narrowing), ...lossOfList(narrowing.entry.rule, parameters));
  }
  const { added, left } = fitting(group, kept, parameters.rulesQuota);
  for (const rule of left) losses.push(noRoomFor(rule));
  return {
    changes: [
      ...added.map((rule) => changeOf('authorize', rule, `Keep ${describeRule(rule)} open.`)),
      ...narrowings.map(({ entry: { rule } }) => changeOf('revoke', rule, `Close ${describeRule(rule)}.`)),
    ],
    lossy: losses.length > 0,
    losses,
  };
}

function rulesOf({ entry: { rule, protocol }, kept }: Narrowing): IngressRule[] {
  return kept.map((entry) => narrowed(rule, protocol === '-1' ? entry.protocol : rule.protocol, entry.ports));
}

function lossOf({ entry: { rule, protocol, ports }, kept }: Narrowing): string {
  const closed = protocol === '-1' ? 'All traffic' : portsText([{ protocol, ports }]);
  const stays = portsText(kept);
  return `${closed}${stays === '' ? '' : ` except ${stays}`} closes to ${sourceKey(rule.source)}, even where something uses it.`;
}
