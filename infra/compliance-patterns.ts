import type { Control } from '../controls/control';
import { configRuleName } from '../core/names';
import { customOf } from './custom-of';

/** What an event pattern asks of a compliance change. */
export interface CompliancePattern {
  configRuleName: readonly string[];
  newEvaluationResult?: { complianceType: readonly string[] };
  oldEvaluationResult?: { complianceType: readonly string[] };
}

/**
 * What people are told of AWS's own rules: a change to or from NON_COMPLIANT, as alternatives. None where no control is such a rule.
 * Each of Staunch's own rules says its findings itself.
 */
export function toldChanges(controls: readonly Control[]): CompliancePattern[] {
  const rules = controls.filter(({ kind }) => kind === 'managed').map(({ id }) => configRuleName(id));
  if (rules.length === 0) return [];
  const dangerous = { complianceType: ['NON_COMPLIANT'] };
  return [
    { configRuleName: rules, newEvaluationResult: dangerous },
    { configRuleName: rules, oldEvaluationResult: dangerous },
  ];
}

/** Resources that comply again, or are gone, by Staunch's own rules. */
export function mendedChanges(controls: readonly Control[]): CompliancePattern {
  return {
    configRuleName: customOf(controls).map(({ id }) => configRuleName(id)),
    newEvaluationResult: { complianceType: ['COMPLIANT', 'NOT_APPLICABLE'] },
    // What was undecided may have a finding too: the hub was asked to look.
    oldEvaluationResult: { complianceType: ['NON_COMPLIANT', 'NOT_APPLICABLE'] },
  };
}
