import { overlaps } from './glob-overlap';
import type { ActionDefinition, ActionDefinitions } from './iam-definitions';
import type { TemplateStatement } from './policy-statements';

/**
 * What of a statement could never count, or does not exist: an action that AWS does not have, a resource that none of the
 * actions can be about, an action that none of the resources can be meant by, a condition key that is not sent with the action.
 * @returns one line a finding
 */
export function statementFindings(statement: TemplateStatement, definitions: ActionDefinitions): string[] {
  const { template, holder, sid, actions, resources, conditionKeys } = statement;
  const meant = actions.map((pattern) => ({ pattern, known: actionsOf(pattern, definitions) }));
  const known = meant.flatMap(({ known: some }) => some);
  const problems = [
    ...meant.flatMap(({ pattern, known: some }) => (some.length > 0 ? [] : [`AWS has no action ${pattern}`])),
    ...meant.flatMap(({ pattern, known: some }) =>
      some.length === 0 ||
      resources.length === 0 ||
      resources.some((arn) => some.some((one) => isAbout(one, arn)))
        ? []
        : [`${pattern} is about none of ${resources.join(', ')}`],
    ),
    ...resources.flatMap((arn) =>
      known.length === 0 || known.some((one) => isAbout(one, arn)) ? [] : [`no action is about ${arn}`],
    ),
    ...conditionKeys
      .filter((key) => !key.toLowerCase().startsWith('aws:'))
      .flatMap((key) =>
        meant
          .filter(({ known: some }) => some.length > 0 && !some.some((one) => isSent(key, one)))
          .map(({ pattern }) => `the condition key ${key} is not sent with ${pattern}`),
      ),
  ];
  return problems.map((problem) => `${template}: ${holder}${sid === '' ? '' : ` ${sid}`}: ${problem}`);
}

/** The actions that a pattern means; all services' for `*`. */
function actionsOf(pattern: string, definitions: ActionDefinitions): ActionDefinition[] {
  const wanted = pattern.toLowerCase();
  if (!wanted.includes('*')) return [definitions.get(wanted) ?? []].flat();
  return [...definitions].filter(([name]) => overlaps(wanted, name)).map(([, definition]) => definition);
}

/** Where an action is about no kind of resource, only `*` stands for it. */
function isAbout({ arns }: ActionDefinition, resource: string): boolean {
  const parts = partsOf(resource);
  return (
    resource === '*' || arns.some((arn) => partsOf(arn).every((part, at) => overlaps(part, parts[at] ?? '')))
  );
}

/** The six parts of an ARN, which are compared one by one; the last may hold more colons. */
function partsOf(arn: string): string[] {
  const parts = arn.split(':');
  return [...parts.slice(0, 5), parts.slice(5).join(':')];
}

function isSent(key: string, { conditionKeys }: ActionDefinition): boolean {
  return conditionKeys.some((pattern) => overlaps(pattern, key.toLowerCase()));
}
