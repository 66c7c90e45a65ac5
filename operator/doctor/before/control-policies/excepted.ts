import { parsedJson } from '../../../../core/parsed-json';
import { executionRole } from './deploying-calls';

const principal = 'aws:PrincipalArn';

/** The role by which StackSets deploys, in any account and partition. */
const exceptedArns = [`arn:*:iam::*:role/${executionRole}*`];

/**
 * A service control policy that leaves StackSets alone: each statement that is in its way excepts the role by which it deploys. Pure.
 * @param isInTheWay tells by a statement's number, from 0; other statements stay as they are, since the role may do much else
 * @returns undefined where the policy cannot be understood
 */
export function withException(
  content: string,
  isInTheWay: (statement: number) => boolean,
): string | undefined {
  const document = parsedJson(content);
  if (!isObject(document)) return undefined;
  const statements = [document.Statement].flat();
  return JSON.stringify({
    ...document,
    Statement: statements.map((statement, number) => (isInTheWay(number) ? excepting(statement) : statement)),
  });
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
