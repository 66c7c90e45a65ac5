import { compliant, type Evaluation } from '../core/evaluation';
import type { Plan } from '../core/plan';
import type { Fields } from '../resources/kit/input';
import type { PolicyChange } from '../resources/kit/policy/changes';
import { closingChanges } from '../resources/kit/policy/closing';
import { type ConfusedDeputy, confusedDeputies } from '../resources/kit/policy/confused-deputies';
import {
  confusedDeputyViolation,
  withoutConfusedDeputies,
} from '../resources/kit/policy/confused-deputy-fix';
import { notTakenBack } from '../resources/kit/policy/deleted-principals';
import type { DocumentRules, ServiceRules } from '../resources/kit/policy/document-rules';
import type { PolicyHolder } from '../resources/kit/policy/holder/model';
import {
  type PublicStatement,
  publicStatements,
  publicStatementsIn,
} from '../resources/kit/policy/public-statements';
import { statementViolation } from '../resources/kit/policy/violation';
import type { ConfigurationItems } from '../resources/kit/resource-type';
import type { ControlFacts, CustomControl } from './control';
import type { DocumentParameters } from './document-parameters';
import { newlyPublic } from './newly-public';

/** What a control of a policy document is made of. */
export interface PolicyControlParts {
  facts: ControlFacts<DocumentParameters>;
  items: ConfigurationItems<PolicyHolder>;
  /** What the service adds to the document model. */
  rules: ServiceRules;
  /**
   * The policy in a configuration item, where a short look at the item is enough, as text or as an object: empty text where there is
   * none, null where AWS Config did not record it. Absent where AWS Config's items do not hold the policy.
   */
  policyIn?(item: unknown): string | Fields | null | undefined;
}

/**
 * A control of a type with one policy document: it finds the statements that let everybody in, and takes from the policy what is public,
 * and nobody else. Identities of the resource's own account keep what their own policies allow.
 * `evaluate` and `plan` throw ResourceInputError when the policy is malformed, and `plan` RefusedError when it cannot be edited.
 */
export function policyControl(parts: PolicyControlParts): CustomControl<PolicyHolder, DocumentParameters> {
  const { facts, items, rules, policyIn } = parts;
  return {
    ...facts,
    ...items,
    ...(policyIn && {
      evaluateItem: (item, parameters) => {
        const policy = policyIn(item);
        if (policy === '') return compliant();
        if (policy === null) return { compliance: 'COMPLIANT', violations: [], undecided: unrecordedPolicy };
        if (policy === undefined || asksForTheAccount(parameters)) return undefined;
        const statements = publicStatementsIn(policy, documentRulesOf(rules, {}, parameters));
        return statements && verdictOn(statements, []);
      },
    }),
    evaluate(holder, parameters) {
      const judged = documentRulesOf(rules, holder, parameters);
      const deputies = parameters.confusedDeputy === 'fix' ? confusedDeputies(holder.policy, judged) : [];
      return verdictOn(publicStatements(holder.policy, judged), deputies);
    },
    reportsDeputy: (holder, parameters) =>
      parameters.confusedDeputy === 'report' &&
      confusedDeputies(holder.policy, documentRulesOf(rules, holder, parameters)).length > 0,
    undecided: ({ unrecorded }) => unrecorded && unrecordedPolicy,
    plan: (holder, _violations, parameters) =>
      planned(holder, documentRulesOf(rules, holder, parameters), parameters),
    newlyDangerous: newlyPublic,
  };
}

const unrecordedPolicy =
  'Whether the policy lets everybody in cannot be told: AWS Config did not record the policy.';

/** By what the policy of one resource is judged under parameters; the same object for the same ones, since a verdict and its plan ask twice. */
export function documentRulesOf(
  service: ServiceRules,
  { accountId, arn }: Pick<PolicyHolder, 'accountId' | 'arn'>,
  parameters: DocumentParameters,
): DocumentRules {
  if (
    latest?.service === service &&
    latest.parameters === parameters &&
    latest.rules.accountId === accountId &&
    latest.rules.arn === arn
  ) {
    return latest.rules;
  }
  const { trustedAccounts, trustedOrganizations } = parameters;
  // One by one, and all of them: each resource has rules of its own, which V8 makes in a tenth of the time so.
  const rules: DocumentRules = {
    service: service.service,
    prefix: service.prefix,
    keys: service.keys,
    sourceKeys: service.sourceKeys,
    byTheLetter: service.byTheLetter,
    mustHavePolicy: service.mustHavePolicy,
    refuses: service.refuses,
    accountId,
    arn,
    trustedAccounts,
    trustedOrganizations,
  };
  latest = { service, parameters, rules };
  return rules;
}

let latest: { service: ServiceRules; parameters: DocumentParameters; rules: DocumentRules } | undefined;

/** Whether the verdict depends on more than the policy's text. */
function asksForTheAccount({ trustedAccounts, trustedOrganizations, confusedDeputy }: DocumentParameters) {
  return trustedAccounts.length + trustedOrganizations.length > 0 || confusedDeputy === 'fix';
}

function verdictOn(statements: readonly PublicStatement[], deputies: readonly ConfusedDeputy[]): Evaluation {
  if (statements.length + deputies.length === 0) return compliant();
  const violations = statements.map(statementViolation);
  for (const deputy of deputies) violations.push(confusedDeputyViolation(deputy));
  return { compliance: 'NON_COMPLIANT', violations };
}

function planned(
  { policy }: PolicyHolder,
  rules: DocumentRules,
  { confusedDeputy }: DocumentParameters,
): Plan<PolicyChange> {
  const open = publicStatements(policy, rules);
  const { statements, losses } =
    confusedDeputy === 'fix'
      ? withoutConfusedDeputies(policy, open, rules)
      : { statements: open, losses: [] };
  const changes = closingChanges(policy, statements, rules);
  const all = [...losses, ...notTakenBack(policy, changes, rules.service)];
  return { changes, lossy: all.length > 0, losses: all };
}
