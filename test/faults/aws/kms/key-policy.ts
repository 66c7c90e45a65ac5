import { isFields } from '../../../../resources/kit/input';
import type { Session } from '../sessions';
import { statementsOf } from '../stored-policy';

/**
 * Whether a key policy lets a session of the key's own account do something: by an Allow without a condition, for everybody, the
 * account or the role. That is enough for the policies of the scenarios.
 * https://docs.aws.amazon.com/kms/latest/developerguide/key-policy-default.html
 * @param action for example `kms:PutKeyPolicy`
 */
export function keyPolicyLets({ accountId, roleName }: Session, action: string, policy: string): boolean {
  const names: unknown[] = ['*', accountId, `arn:aws:iam::${accountId}:root`];
  const role = new RegExp(`^arn:aws:iam::${accountId}:role/(.*/)?${roleName}$`);
  const isNamed = (name: unknown) => names.includes(name) || (typeof name === 'string' && role.test(name));
  const matches = (pattern: unknown) =>
    pattern === '*' || (typeof pattern === 'string' && action.startsWith(pattern.replace(/\*$/, '')));
  return statementsOf(policy).some((statement) => {
    if (!isFields(statement) || statement.Effect !== 'Allow' || statement.Condition) return false;
    const { Principal, Action } = statement;
    const principals = isFields(Principal) ? [Principal.AWS].flat() : [Principal];
    return principals.some(isNamed) && [Action].flat().some(matches);
  });
}
