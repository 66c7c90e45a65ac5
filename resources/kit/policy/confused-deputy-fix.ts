import { RefusedError } from '../../../core/errors';
import type { Json, JsonObject } from '../../../core/json';
import type { Violation } from '../../../core/violation';
import { isFields } from '../input';
import type { StatementToClose } from './closing';
import { type ConfusedDeputy, confusedDeputies, confusedDeputyIn } from './confused-deputies';
import type { DocumentRules } from './document-rules';
import type { PublicStatement } from './public-statements';
import { nameOfStatement, type ResourcePolicy } from './resource-policy';
import { actionsOf } from './violation';

/** Operators for text, of which a statement may use some for the same key already. */
const operators = ['StringEquals', 'StringLike', 'StringEqualsIgnoreCase'] as const;

const key = 'aws:SourceAccount';

/** What is wrong with a statement that lets in a service, whosever request it acts on. */
export function confusedDeputyViolation({ index, statement, services }: ConfusedDeputy): Violation {
  return {
    kind: 'confused-deputy',
    text: `The policy's ${nameOfStatement(index, statement)} allows ${inWords(services)} ${actionsOf(statement)} for any account.`,
    detail: { index, statement },
  };
}

/**
 * What closes a policy to everybody, and to services that act for other accounts.
 * @param open the public statements
 * @returns what has to change, by the place in the policy, and what goes with it, one sentence each
 * @throws RefusedError when the account of the resource is not known
 * @throws ResourceInputError when a statement is malformed.
 */
export function withoutConfusedDeputies(
  policy: ResourcePolicy | undefined,
  open: readonly PublicStatement[],
  rules: DocumentRules,
): { statements: StatementToClose[]; losses: string[] } {
  const byIndex = new Map<number, StatementToClose>(open.map((one) => [one.index, one]));
  const losses: string[] = [];
  for (const found of confusedDeputies(policy, rules)) {
    const { index, statement } = found;
    const closed = byIndex.get(index);
    if (closed !== undefined && closed.left === undefined) continue;
    const deputy = closed?.left === undefined ? found : confusedDeputyIn(closed.left, index, rules);
    if (deputy === undefined) continue;
    byIndex.set(index, boundStatement(statement, deputy, closed !== undefined, rules));
    losses.push(lossOf(deputy, rules));
  }
  return { statements: [...byIndex.values()].sort((one, other) => one.index - other.index), losses };
}

function boundStatement(
  statement: JsonObject,
  { index, statement: kept, services }: ConfusedDeputy,
  wasOpen: boolean,
  { accountId }: DocumentRules,
): StatementToClose {
  if (accountId === undefined) {
    throw new RefusedError(
      'The account of the resource is not known, so no service can be limited to it, and nothing may be changed. Say it in AccountId.',
    );
  }
  const name = nameOfStatement(index, statement);
  const taken = wasOpen ? `Take everybody from ${name} of the policy, and let` : `Let`;
  const where = wasOpen ? '' : ` by ${name} of the policy`;
  return {
    index,
    statement,
    left: { ...kept, Condition: withSourceAccount(kept.Condition, accountId) },
    text: `${taken} ${inWords(services)} in${where} for account ${accountId} alone.`,
  };
}

/** The condition with the key under an operator that does not ask for it yet: all that it asks has to hold. */
function withSourceAccount(condition: Json | undefined, accountId: string): JsonObject {
  const before: JsonObject = isFields(condition) ? (condition as JsonObject) : {};
  for (const operator of operators) {
    const name = Object.keys(before).find((one) => one.toLowerCase() === operator.toLowerCase()) ?? operator;
    const asked: JsonObject = isFields(before[name]) ? (before[name] as JsonObject) : {};
    if (Object.keys(asked).some((one) => one.toLowerCase() === key.toLowerCase())) continue;
    return { ...before, [name]: { ...asked, [key]: accountId } };
  }
  throw new RefusedError(
    `A statement of the policy compares ${key} in every way, and with no fixed account, so nothing may be changed. Edit the policy by hand.`,
  );
}

function lossOf(
  { index, statement, services, isAlone }: ConfusedDeputy,
  { accountId }: DocumentRules,
): string {
  const name = nameOfStatement(index, statement);
  const others = isAlone ? '' : '; other principals lose what the statement allows them';
  return `By the policy's ${name} ${inWords(services)} can act for account ${accountId} alone, and not at all where it does not say for whom it acts${others}.`;
}

function inWords(services: readonly string[]): string {
  return services.length === 0 ? "every one of AWS's services" : services.join(', ');
}
