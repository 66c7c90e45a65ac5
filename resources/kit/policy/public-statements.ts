import { ResourceInputError } from '../../../core/errors';
import type { JsonObject } from '../../../core/json';
import { isRestricted } from './conditions';
import { letsInEverybody, principalsOf } from './principals';
import { type ResourcePolicy, readPolicy } from './resource-policy';

/** A statement of a policy that lets everybody in. */
export interface PublicStatement {
  /** Its place in the policy, from 0. */
  index: number;
  statement: JsonObject;
  /** The statement without what is public; undefined when nothing is left of it. */
  left?: JsonObject;
}

/**
 * The statements that make a policy public, by S3's definition, which serves for other resources, too. Deny statements make no policy non-public, and are not looked at either.
 * @throws ResourceInputError when a statement is malformed.
 */
export function publicStatements(policy: ResourcePolicy | undefined): readonly PublicStatement[] {
  if (policy === undefined) return [];
  if (latest?.policy === policy) return latest.found;
  const found: PublicStatement[] = [];
  const { statements } = policy;
  for (let index = 0; index < statements.length; index++) {
    const statement = statements[index];
    if (statement === undefined || statement.Effect !== 'Allow') continue;
    const where = () => `Policy.Statement[${index}]`;
    const everybody = letsInEverybody(statement, where);
    const condition = Object.hasOwn(statement, 'Condition') ? statement.Condition : undefined;
    if (isRestricted(condition, () => `${where()}.Condition`) || !everybody) continue;
    const { named } = principalsOf(statement, where);
    found.push(
      named === undefined
        ? { index, statement }
        : { index, statement, left: { ...statement, Principal: named } },
    );
  }
  latest = { policy, found };
  return found;
}

/** The statements that make the policy of a text public; undefined where it cannot be understood. */
export function publicStatementsIn(text: string): readonly PublicStatement[] | undefined {
  try {
    return publicStatements(readPolicy(text, 'Policy'));
  } catch (error) {
    if (error instanceof ResourceInputError) return undefined;
    throw error;
  }
}

/** Of the policy that was asked for last, which nothing changes once it is read: a verdict and its plan ask twice. */
let latest: { policy: ResourcePolicy; found: readonly PublicStatement[] } | undefined;
