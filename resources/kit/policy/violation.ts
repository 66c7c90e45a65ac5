import type { Violation } from '../../../core/violation';
import type { PublicStatement } from './public-statements';
import { nameOfStatement } from './resource-policy';

/** What is wrong with a statement that lets everybody in. */
export function statementViolation({ index, statement }: PublicStatement): Violation {
  const actions = 'Action' in statement ? [statement.Action].flat() : ['all actions but some'];
  return {
    kind: 'public-policy',
    text: `The policy's ${nameOfStatement(index, statement)} allows everybody ${actions.join(', ')}.`,
    detail: { index, statement },
  };
}
