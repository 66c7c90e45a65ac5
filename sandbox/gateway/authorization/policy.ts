import { PolicyDocumentError } from './policy-document-error';
import { checkKind, isAboutItsPlace, type PolicyKind } from './policy-kind';
import type { Conditions, Principals, Statement } from './policy-statement';

/** A policy document, parsed. */
export interface Policy {
  /** Policy variables exist only in version 2012-10-17. */
  version: '2012-10-17' | '2008-10-17';
  statements: readonly Statement[];
}

const statementKeys = new Set([
  'Sid',
  'Effect',
  'Principal',
  'NotPrincipal',
  'Action',
  'NotAction',
  'Resource',
  'NotResource',
  'Condition',
]);

/**
 * Parses a policy document of a kind.
 * Grammar: https://docs.aws.amazon.com/IAM/latest/UserGuide/reference_policies_grammar.html
 *
 * @returns the policy; the statements of a role's or a repository's policy are about it alone, so their resource is `*`
 * @throws PolicyDocumentError when the text is not JSON, not a policy, or a policy of another kind.
 */
export function parsePolicy(text: string, kind: PolicyKind): Policy {
  const document = asObject(parseJson(text), 'The policy');
  const version = document.Version ?? '2008-10-17';
  if (version !== '2012-10-17' && version !== '2008-10-17') {
    throw new PolicyDocumentError(
      `Version must be 2012-10-17 or 2008-10-17, not ${JSON.stringify(version)}.`,
    );
  }
  if (document.Statement === undefined) throw new PolicyDocumentError('The policy has no Statement.');
  const list = Array.isArray(document.Statement) ? document.Statement : [document.Statement];
  return {
    version,
    statements: list.map((raw, index) => {
      const statement = parseStatement(raw, index + 1);
      checkKind(statement, kind);
      return isAboutItsPlace(kind) ? { ...statement, resource: ['*'] } : statement;
    }),
  };
}

function parseStatement(value: unknown, number: number): Statement {
  const label = `statement ${number}`;
  const raw = asObject(value, label);
  for (const key of Object.keys(raw)) {
    if (!statementKeys.has(key)) throw new PolicyDocumentError(`${label} has an unknown key: ${key}.`);
  }
  if (raw.Effect !== 'Allow' && raw.Effect !== 'Deny') {
    throw new PolicyDocumentError(`${label}: Effect must be Allow or Deny.`);
  }
  if ((raw.Action === undefined) === (raw.NotAction === undefined)) {
    throw new PolicyDocumentError(`${label} must have either Action or NotAction.`);
  }
  for (const name of ['Resource', 'Principal']) {
    if (raw[name] !== undefined && raw[`Not${name}`] !== undefined) {
      throw new PolicyDocumentError(`${label} must not have both ${name} and Not${name}.`);
    }
  }
  return {
    label: typeof raw.Sid === 'string' && raw.Sid !== '' ? raw.Sid : label,
    effect: raw.Effect,
    ...(raw.Principal !== undefined && { principal: parsePrincipals(raw.Principal, label) }),
    ...(raw.NotPrincipal !== undefined && { notPrincipal: parsePrincipals(raw.NotPrincipal, label) }),
    ...(raw.Action !== undefined && { action: asPatterns(raw.Action, `${label}: Action`) }),
    ...(raw.NotAction !== undefined && { notAction: asPatterns(raw.NotAction, `${label}: NotAction`) }),
    ...(raw.Resource !== undefined && { resource: asPatterns(raw.Resource, `${label}: Resource`) }),
    ...(raw.NotResource !== undefined && {
      notResource: asPatterns(raw.NotResource, `${label}: NotResource`),
    }),
    condition: parseConditions(raw.Condition, label),
  };
}

function parsePrincipals(value: unknown, label: string): Principals {
  if (value === '*') return '*';
  const kinds = asObject(value, `${label}: Principal`);
  return Object.fromEntries(
    Object.entries(kinds).map(([kind, names]) => [kind, asStrings(names, `${label}: Principal ${kind}`)]),
  );
}

function parseConditions(value: unknown, label: string): Conditions {
  if (value === undefined) return {};
  const operators = asObject(value, `${label}: Condition`);
  return Object.fromEntries(
    Object.entries(operators).map(([operator, keys]) => [
      operator,
      Object.fromEntries(
        Object.entries(asObject(keys, `${label}: Condition ${operator}`)).map(([key, values]) => [
          key,
          asStrings(values, `${label}: Condition ${operator} ${key}`),
        ]),
      ),
    ]),
  );
}

function parseJson(text: string): unknown {
  try {
    return JSON.parse(text);
  } catch {
    throw new PolicyDocumentError('The policy is not valid JSON.');
  }
}

function asObject(value: unknown, what: string): Record<string, unknown> {
  if (typeof value !== 'object' || value === null || Array.isArray(value)) {
    throw new PolicyDocumentError(`${what} must be an object.`);
  }
  return value as Record<string, unknown>;
}

/** Actions or resources. An empty list is refused, as AWS does: under `Not…` it would mean everything. */
function asPatterns(value: unknown, what: string): string[] {
  const patterns = asStrings(value, what);
  if (patterns.length === 0) throw new PolicyDocumentError(`${what} must not be empty.`);
  return patterns;
}

/** A string, number or boolean, or a list of them, as AWS takes them in a policy. */
function asStrings(value: unknown, what: string): string[] {
  const list = Array.isArray(value) ? value : [value];
  return list.map((entry) => {
    if (typeof entry === 'string') return entry;
    if (typeof entry === 'boolean' || typeof entry === 'number') return String(entry);
    throw new PolicyDocumentError(`${what} must be a string or a list of strings.`);
  });
}
