import type { JsonObject } from '../../../core/json';
import type { Violation } from '../../../core/violation';
import type { PublicStatement } from './public-statements';
import { nameOfStatement } from './resource-policy';

/** What is wrong with a statement that lets everybody in. */
export function statementViolation({ index, statement }: PublicStatement): Violation {
  return {
    kind: 'public-policy',
    text: `The policy's ${nameOfStatement(index, statement)} allows everybody ${actionsOf(statement)}.`,
    detail: { index, statement },
  };
}

/** What a statement allows, for people. */
export function actionsOf(statement: JsonObject): string {
  if (!('Action' in statement)) return 'all actions but some';
  const { Action: action } = statement;
  return typeof action === 'string' ? action : [action].flat().join(', ');
}
