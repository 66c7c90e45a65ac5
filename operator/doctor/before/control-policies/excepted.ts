import { parsedJson } from '../../../../core/parsed-json';
import { executionRole } from './deploying-calls';

const principal = 'aws:PrincipalArn';

/** The role by which StackSets deploys, in any account and partition. */
const exceptedArns = [`arn:*:iam::*:role/${executionRole}*`];

/**
 * A service control policy that leaves StackSets alone: each statement that denies excepts the role by which it deploys. Pure.
 * @returns undefined where the policy cannot be understood
 */
export function withException(content: string): string | undefined {
  const document = parsedJson(content);
  if (!isObject(document)) return undefined;
  const statements = [document.Statement].flat();
  return JSON.stringify({ ...document, Statement: statements.map(excepting) });
}

function excepting(statement: unknown): unknown {
  if (!isObject(statement) || statement.Effect !== 'Deny') return statement;
  const condition = isObject(statement.Condition) ? statement.Condition : {};
  const notLike = isObject(condition.ArnNotLike) ? condition.ArnNotLike : {};
  // AWS tells condition keys apart whatever their case: twice the same would be refused.
  const key =
    Object.keys(notLike).find((each) => each.toLowerCase() === principal.toLowerCase()) ?? principal;
  const known = [notLike[key] ?? []].flat();
  return {
    ...statement,
    Condition: {
      ...condition,
      ArnNotLike: { ...notLike, [key]: [...known, ...exceptedArns] },
    },
  };
}

function isObject(value: unknown): value is Record<string, unknown> {
  return typeof value === 'object' && value !== null && !Array.isArray(value);
}
