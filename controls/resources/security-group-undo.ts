import type { Json } from '../../contract/json';
import { describeRule, type IngressRule, ruleKey } from './ingress-rule';
import { field, fieldsOf, notUnderstood } from './input';
import { changeOf, isSecurityGroupChange, ruleOf, type SecurityGroupChange } from './security-group-changes';
import { readSecurityGroupRules } from './security-group-rule';
import { sameTags } from './security-group-rule-tags';
import { changesMadeIn, type FixHistory, type FixStep, type PlanUndo } from './undo';

/** Ingress rules by `ruleKey`. */
type Rules = ReadonlyMap<string, IngressRule>;

/**
 * Plans the undo of a security group's fix: rules that it revoked come back, with description and tags, though with new
 * ids; then the rules that it added go. A rule that it did not touch has to be there as the fix left it, with its
 * description; its tags are nobody's business here, since nothing takes them.
 */
export const planUndo: PlanUndo = (history, now) => {
  const rules = rulesOf(now, 'now');
  const steps = history.steps.map((step) => ({ before: rulesOf(step.before, 'before'), step }));
  const left = history.after === undefined ? meantBy(history.steps) : rulesOf(history.after, 'after');
  const taken = touched(steps, left);
  const written = writtenIn(history.steps);
  const differences: string[] = [];
  const authorized: SecurityGroupChange[] = [];
  const revoked: SecurityGroupChange[] = [];
  for (const key of new Set([...left.keys(), ...rules.keys(), ...taken.keys()])) {
    const [there, after] = [rules.get(key), left.get(key)];
    if (!taken.has(key)) {
      if (!same(there, after, 'description')) differences.push(difference(there, after));
      continue;
    }
    const original = taken.get(key);
    if (same(there, original, 'tags')) continue;
    // What was read last may not yet have shown what was written before.
    const asLeft = same(there, after, 'tags') || (written.has(key) && same(there, written.get(key), 'tags'));
    if (!asLeft) differences.push(difference(there, after));
    else if (there && original) differences.push(difference(there, original));
    else if (original) {
      authorized.push(changeOf('authorize', original, `Open ${describeRule(original)} again.`));
    } else if (there) {
      revoked.push(changeOf('revoke', there, `Close ${describeRule(there)}, which the fix added.`));
    }
  }
  return differences.length > 0
    ? { kind: 'changed', differences }
    : { kind: 'undo', changes: [...authorized, ...revoked] };
};

function rulesOf(state: Json, path: string): Rules {
  const ingressRules = field(fieldsOf(state, path), 'ingressRules');
  if (!Array.isArray(ingressRules)) throw notUnderstood(`${path}.ingressRules`, 'a list', ingressRules);
  return new Map(
    readSecurityGroupRules(ingressRules, `${path}.ingressRules`).map((rule) => [ruleKey(rule), rule]),
  );
}

function changesOf(step: FixStep): SecurityGroupChange[] {
  return changesMadeIn(step).map((change) => {
    if (isSecurityGroupChange(change)) return change;
    throw notUnderstood('action', 'revoke or authorize', change.action);
  });
}

/** What the last write meant to leave behind. */
function meantBy(steps: FixHistory['steps']): Rules {
  const last = steps.at(-1) ?? steps[0];
  const rules = new Map(rulesOf(last.before, 'before'));
  for (const change of changesOf(last)) {
    const rule = ruleOf(change);
    const key = ruleKey(rule);
    if (change.action === 'revoke') rules.delete(key);
    else if (!rules.has(key)) rules.set(key, rule);
  }
  return rules;
}

/** How the fix left each rule that it wrote; undefined where it revoked it. */
function writtenIn(steps: FixHistory['steps']): ReadonlyMap<string, IngressRule | undefined> {
  const written = new Map<string, IngressRule | undefined>();
  for (const change of steps.flatMap(changesOf)) {
    const rule = ruleOf(change);
    written.set(ruleKey(rule), change.action === 'authorize' ? rule : undefined);
  }
  return written;
}

/**
 * Every rule that the fix revoked or added, as it was before; undefined where it was not there. What a step was to
 * authorize, and somebody else did, is not the fix's: it was there already, or soon after in other words. What a step revoked was
 * there, also where its saved state does not show it.
 */
function touched(
  steps: readonly { before: Rules; step: FixStep }[],
  left: Rules,
): ReadonlyMap<string, IngressRule | undefined> {
  const taken = new Map<string, IngressRule | undefined>();
  steps.forEach(({ before, step }, index) => {
    const next = steps[index + 1]?.before ?? left;
    for (const change of changesOf(step)) {
      const rule = ruleOf(change);
      const key = ruleKey(rule);
      const was = before.get(key);
      if (change.action === 'authorize') {
        const found = next.get(key);
        const isForeign = was !== undefined || (found !== undefined && !same(found, rule, 'description'));
        if (!isForeign && !taken.has(key)) taken.set(key, undefined);
        // A later step may have found other words on a rule which the earlier one failed to revoke.
      } else if (!taken.has(key)) taken.set(key, was ?? rule);
      else if (taken.get(key) && was) taken.set(key, was);
    }
  });
  return taken;
}

/** Whether two rules with the same key say the same; `tags` looks at description and tags. */
function same(a: IngressRule | undefined, b: IngressRule | undefined, upTo: 'description' | 'tags'): boolean {
  if (a === undefined || b === undefined) return a === b;
  return a.description === b.description && (upTo === 'description' || sameTags(a.tags, b.tags));
}

/** What is different about a rule that is there now, or should be, or both. */
function difference(there: IngressRule | undefined, expected: IngressRule | undefined): string {
  const rule = there ?? expected;
  const name = rule === undefined ? 'A rule' : describeRule(rule);
  if (there === undefined) return `${name} was removed since.`;
  if (expected === undefined) return `${name} was added since.`;
  const what = there.description === expected.description ? 'other tags' : 'another description';
  return `${name} has ${what} since.`;
}
