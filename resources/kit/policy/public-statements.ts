import { ResourceInputError } from '../../../core/errors';
import type { JsonObject } from '../../../core/json';
import type { Fields } from '../input';
import { isLimited } from './conditions';
import { coveringDenies, deniesStrangers } from './covering-deny';
import type { DocumentRules } from './document-rules';
import { type Principals, principalsOf } from './principals';
import { lookAtPolicy, type ResourcePolicy } from './resource-policy';

/** A statement of a policy that lets everybody in. */
export interface PublicStatement {
  /** Its place in the policy, from 0. */
  index: number;
  statement: JsonObject;
  /** The statement without what is public; undefined when nothing is left of it. */
  left?: JsonObject;
}

/**
 * The statements that make a policy public: they allow something to everybody, no condition limits them to fixed values, and no explicit
 * Deny takes from strangers what they allow, where the service counts one.
 * @throws ResourceInputError when a statement is malformed.
 */
export function publicStatements(
  policy: ResourcePolicy | undefined,
  rules: DocumentRules,
): readonly PublicStatement[] {
  if (policy === undefined) return [];
  if (latest?.policy === policy && latest.rules === rules) return latest.found;
  const found: PublicStatement[] = [];
  const { statements } = policy;
  for (let index = 0; index < statements.length; index++) {
    const statement = statements[index];
    if (statement === undefined || statement.Effect !== 'Allow') continue;
    const where = () => `Policy.Statement[${index}]`;
    const { everybody, named } = principalsOf(statement, where);
    const condition = Object.hasOwn(statement, 'Condition') ? statement.Condition : undefined;
    // What names its principals is read for its errors alone.
    if (isLimited(condition, () => `${where()}.Condition`, rules.keys, rules) || !everybody) continue;
    found.push(publicStatement(index, statement, named));
  }
  const open = found.length === 0 || rules.byTheLetter ? found : notDenied(found, policy, rules);
  latest = { policy, rules, found: open };
  return open;
}

/** @param named whom it names beside everybody; undefined where that is nobody */
function publicStatement(index: number, statement: JsonObject, named: Principals['named']): PublicStatement {
  return named === undefined
    ? { index, statement }
    : { index, statement, left: { ...statement, Principal: named } };
}

/**
 * The statements that make a policy public, without a look at whose policy it is.
 * @param text of the policy, or the policy as an object of JSON
 * @returns undefined where it cannot be understood, or where an explicit Deny may take from strangers what a statement allows: on
 * what it does so is told by the resource's ARN
 */
export function publicStatementsIn(
  text: string | Fields,
  rules: DocumentRules,
): readonly PublicStatement[] | undefined {
  try {
    const { policy, open } = lookAtPolicy(text, 'Policy');
    const found =
      open === undefined ? publicStatements(policy, rules) : publicAmong(open, policy.statements, rules);
    if (found.length === 0) return found;
    if (!rules.byTheLetter && deniesStrangers(policy.statements, rules)) {
      // What is denied on every resource is so on this one.
      return notDenied(found, policy, rules).length === 0 ? none : undefined;
    }
    latest = { policy, rules, found };
    return found;
  } catch (error) {
    if (error instanceof ResourceInputError) return undefined;
    throw error;
  }
}

/** @param open places of statements that allow everybody something, whatever their conditions say */
function publicAmong(
  open: readonly number[],
  statements: readonly JsonObject[],
  rules: DocumentRules,
): readonly PublicStatement[] {
  if (open.length === 0) return none;
  const found: PublicStatement[] = [];
  for (const index of open) {
    const statement = statements[index];
    if (statement === undefined || isLimited(statement.Condition, 'Condition', rules.keys, rules)) continue;
    // Most name nobody beside.
    const named = statement.Principal === '*' ? undefined : principalsOf(statement, 'Policy').named;
    found.push(publicStatement(index, statement, named));
  }
  return found;
}

const none: readonly PublicStatement[] = [];

function notDenied(
  found: readonly PublicStatement[],
  { statements }: ResourcePolicy,
  rules: DocumentRules,
): PublicStatement[] {
  const isDenied = coveringDenies(statements, rules);
  return found.filter(({ statement }) => !isDenied(statement));
}

/** What was asked for last, which nothing changes once it is read: a verdict and its plan ask twice. */
let latest: { policy: ResourcePolicy; rules: DocumentRules; found: readonly PublicStatement[] } | undefined;
