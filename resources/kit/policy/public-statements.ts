import type { JsonObject } from '../../../core/json';
import { isRestricted } from './conditions';
import { principalsOf } from './principals';
import type { ResourcePolicy } from './resource-policy';

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
export function publicStatements(policy: ResourcePolicy | undefined): PublicStatement[] {
  return (policy?.statements ?? []).flatMap((statement, index) => {
    if (statement.Effect !== 'Allow') return [];
    const where = `Policy.Statement[${index}]`;
    const { everybody, named } = principalsOf(statement, where);
    const condition = Object.hasOwn(statement, 'Condition') ? statement.Condition : undefined;
    if (isRestricted(condition, `${where}.Condition`) || !everybody) return [];
    return [
      { index, statement, ...(named === undefined ? {} : { left: { ...statement, Principal: named } }) },
    ];
  });
}
