import type { Json, JsonObject } from '../../core/json';
import { isFields } from '../kit/input';
import type { DocumentRules } from '../kit/policy/document-rules';
import { areApart, isWithin } from '../kit/policy/patterns';
import type { ResourcePolicy } from '../kit/policy/resource-policy';

const changing = 'kms:putkeypolicy';

/** The condition keys that say no more of callers than whose they are, in lower case. */
const whose = ['kms:calleraccount', 'aws:principalaccount', 'aws:principalorgid', 'aws:principalorgpaths'];

/**
 * Why a key's policy may not be left so: the key's account could not change it any more, and nobody else could either. Without the
 * policy's leave no identity of the account may do anything with the key, its root user included:
 * https://docs.aws.amazon.com/kms/latest/developerguide/key-policy-default.html
 * KMS itself refuses a policy after which whoever sets it could not set another one, since Staunch never bypasses that check. It knows
 * explicit Denies, and conditions of each kind; here only what is plain is taken for leave.
 * @returns one sentence; undefined where the account keeps that right
 */
export function lockOut(after: ResourcePolicy | undefined, rules: DocumentRules): string | undefined {
  if (after?.statements.some((statement) => letsTheAccountChange(statement, rules))) return undefined;
  const account = rules.accountId === undefined ? 'the account of the key' : `account ${rules.accountId}`;
  return `Without its public part, the key's policy would not let ${account} change it any more (kms:PutKeyPolicy), so nothing may be changed: first add a statement that lets the account itself manage the key.`;
}

function letsTheAccountChange(statement: JsonObject, rules: DocumentRules): boolean {
  return (
    statement.Effect === 'Allow' &&
    namesTheAccount(statement, rules) &&
    allowsChanging(statement) &&
    isOfThisKey(statement, rules)
  );
}

/** The account itself, or everybody of it by a condition. */
function namesTheAccount({ Principal, Condition }: JsonObject, { accountId }: DocumentRules): boolean {
  if (accountId === undefined) return false;
  const names = textsIn(isFields(Principal) ? (Principal as JsonObject).AWS : Principal);
  const root = new RegExp(`^arn:[^:]+:iam::${accountId}:root$`);
  if (names.some((name) => name === accountId || root.test(name))) {
    return Condition === undefined || asksWhoseOnly(Condition, accountId);
  }
  return names.includes('*') && Condition !== undefined && asksWhoseOnly(Condition, accountId);
}

function asksWhoseOnly(condition: Json, accountId: string): boolean {
  if (!isFields(condition)) return false;
  return Object.entries(condition as JsonObject).every(([operator, block]) => {
    if (operator !== 'StringEquals' || !isFields(block)) return false;
    return Object.entries(block as JsonObject).every(([key, values]) => {
      const name = key.toLowerCase();
      const isAccount = name.endsWith('account');
      return whose.includes(name) && (!isAccount || textsIn(values).includes(accountId));
    });
  });
}

function allowsChanging({ Action, NotAction }: JsonObject): boolean {
  if (Action !== undefined) return textsIn(Action).some((one) => isWithin(changing, one.toLowerCase()));
  return (
    textsIn(NotAction).length > 0 && textsIn(NotAction).every((one) => areApart(one.toLowerCase(), changing))
  );
}

function isOfThisKey({ Resource }: JsonObject, { arn }: DocumentRules): boolean {
  return textsIn(Resource).some((one) => one === '*' || (arn !== undefined && isWithin(arn, one)));
}

function textsIn(value: Json | undefined): string[] {
  const values = Array.isArray(value) ? value : [value];
  return values.filter((one) => typeof one === 'string');
}
