import type { FixStep } from '../../core/fix-step';
import { changesMadeIn, type FixHistory } from '../../core/fix-step';
import type { Json } from '../../core/json';
import { fieldsOf, notUnderstood } from '../kit/input';
import type { PlanUndo } from '../kit/undo';
import { changeOf, isSecurityGroupChange, ruleOf, type SecurityGroupChange } from './changes';
import { describeRule, type IngressRule, ruleKey } from './ingress-rule';
import { readSecurityGroupRules } from './rule';
import { sameTags } from './rule-tags';

/** Ingress rules by `ruleKey`. */
type Rules = ReadonlyMap<string, IngressRule>;

/** A step of a fix, with the rules that were there right before it, and after it as far as a later reading tells. */
interface ReadStep {
  step: FixStep;
  before: Rules;
  next?: Rules;
}

/**
 * Plans the undo of a security group's fix: rules that it revoked come back, with description and tags, though with new
 * ids; then the rules that it added go. Only these rules are compared: each is as the fix left it or as it was before. Rules that
 * the fix did not touch may have come, gone or changed since, and stay as they are now.
 */
export const planUndo: PlanUndo = (history, now) => {
  const rules = rulesOf(now, 'now');
  const after = history.after === undefined ? undefined : rulesOf(history.after, 'after');
  const steps = readSteps(history.steps, after);
  const left = after ?? meantBy(history.steps);
  const written = writtenIn(history.steps);
  const differences: string[] = [];
  const authorized: SecurityGroupChange[] = [];
  const revoked: SecurityGroupChange[] = [];
  const taken = touched(steps, left);
  for (const [key, original] of taken) {
    const [there, wasLeft] = [rules.get(key), left.get(key)];
    if (same(there, original)) continue;
    // What was read last may not yet have shown what was written before.
    const asLeft = same(there, wasLeft) || (written.has(key) && same(there, written.get(key)));
    if (!asLeft) differences.push(difference(there, wasLeft));
    else if (there && original) differences.push(difference(there, original));
    else if (original) {
      authorized.push(changeOf('authorize', original, `Open ${describeRule(original)} again.`));
    } else if (there) {
      revoked.push(changeOf('revoke', there, `Close ${describeRule(there)}, which the fix added.`));
    }
  }
  // An undo closes nothing before all is open again: what is closed earlier, somebody else closed.
  if (authorized.length > 0) {
    for (const [key, rule] of addedIn(steps)) {
      const isMissing = taken.has(key) && taken.get(key) === undefined && !rules.has(key);
      if (isMissing) differences.push(difference(undefined, rule));
    }
  }
  return differences.length > 0
    ? { kind: 'changed', differences }
    : { kind: 'undo', changes: [...authorized, ...revoked] };
};

function rulesOf(state: Json, path: string): Rules {
  const ingressRules = fieldsOf(state, path).ingressRules;
  if (!Array.isArray(ingressRules)) throw notUnderstood(`${path}.ingressRules`, 'a list', ingressRules);
  return new Map(
    readSecurityGroupRules(ingressRules, `${path}.ingressRules`).map((rule) => [ruleKey(rule), rule]),
  );
}

function readSteps(steps: FixHistory['steps'], after: Rules | undefined): ReadStep[] {
  const befores = steps.map((step) => rulesOf(step.before, 'before'));
  return steps.map((step, index) => {
    const next = befores[index + 1] ?? after;
    return { step, before: befores[index] ?? new Map(), ...(next && { next }) };
  });
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

/** The rules that the fix added and left, as far as AWS confirmed it or a later reading of the fix shows them. */
function addedIn(steps: readonly ReadStep[]): Rules {
  const added = new Map<string, IngressRule>();
  for (const { step, next } of steps) {
    const confirmed = new Set(
      (step.made ?? []).filter(isSecurityGroupChange).map((change) => ruleKey(ruleOf(change))),
    );
    for (const change of changesOf(step)) {
      const rule = ruleOf(change);
      const key = ruleKey(rule);
      if (change.action === 'revoke') added.delete(key);
      else if (next?.has(key) || confirmed.has(key)) added.set(key, rule);
    }
  }
  return added;
}

/**
 * Every rule that the fix revoked or added, as it was before; undefined where it was not there. What a step was to
 * authorize, and somebody else did, is not the fix's: it was there already, or soon after in other words. What a step revoked was
 * there, also where its saved state does not show it.
 */
function touched(steps: readonly ReadStep[], left: Rules): ReadonlyMap<string, IngressRule | undefined> {
  const taken = new Map<string, IngressRule | undefined>();
  for (const { step, before, next = left } of steps) {
    for (const change of changesOf(step)) {
      const rule = ruleOf(change);
      const key = ruleKey(rule);
      const was = before.get(key);
      if (change.action === 'authorize') {
        const found = next.get(key);
        const isForeign =
          was !== undefined || (found !== undefined && found.description !== rule.description);
        if (!isForeign && !taken.has(key)) taken.set(key, undefined);
        // A later step may have found other words on a rule which the earlier one failed to revoke.
      } else if (!taken.has(key)) taken.set(key, was ?? rule);
      else if (taken.get(key) && was) taken.set(key, was);
    }
  }
  return taken;
}

/** Whether two rules with the same key say the same. */
function same(a: IngressRule | undefined, b: IngressRule | undefined): boolean {
  if (a === undefined || b === undefined) return a === b;
  return a.description === b.description && sameTags(a.tags, b.tags);
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
