import type { Json, JsonObject } from '../../../core/json';
import { isFields } from '../input';
import { serviceKeys } from './condition-keys';
import { isLimited } from './conditions';
import type { DocumentRules } from './document-rules';
import { letsInEverybody } from './principals';
import type { ResourcePolicy } from './resource-policy';

/** A statement that lets in one of AWS's services, whosever request it acts on. */
export interface ConfusedDeputy {
  /** Its place in the policy, from 0. */
  index: number;
  statement: JsonObject;
  /** The services that it names; empty where it lets in all of them. */
  services: readonly string[];
}

/**
 * The statements that let in a service principal while nothing fixes the source for which it acts, so that a stranger can have the
 * service do it: https://docs.aws.amazon.com/IAM/latest/UserGuide/confused-deputy.html
 * They are not public: AWS calls no policy public that names a service.
 * @throws ResourceInputError when a statement is malformed.
 */
export function confusedDeputies(
  policy: ResourcePolicy | undefined,
  rules: DocumentRules,
): readonly ConfusedDeputy[] {
  return (policy?.statements ?? []).flatMap((statement, index) => {
    const deputy = confusedDeputyIn(statement, index, rules);
    return deputy === undefined ? [] : [deputy];
  });
}

/**
 * The same of one statement; undefined where it is none.
 * @throws ResourceInputError when it is malformed.
 */
export function confusedDeputyIn(
  statement: JsonObject,
  index: number,
  rules: DocumentRules,
): ConfusedDeputy | undefined {
  if (statement.Effect !== 'Allow') return undefined;
  const where = () => `Policy.Statement[${index}]`;
  // Whom the parameters trust is asked of everybody, and not of services.
  const anySource = { ...rules, trustedAccounts: [], trustedOrganizations: [] };
  const limitedBy = (keys: DocumentRules['keys']) =>
    isLimited(statement.Condition, () => `${where()}.Condition`, keys, anySource);
  const services = servicesOf(statement.Principal);
  const everyService = services.length === 0 && letsInEverybody(statement, where) && limitedBy(serviceKeys);
  if (services.length === 0 && !everyService) return undefined;
  return limitedBy(rules.sourceKeys) ? undefined : { index, statement, services };
}

/** Services whose name is not fixed are everybody. */
function servicesOf(principal: Json | undefined): string[] {
  if (!isFields(principal)) return [];
  return [(principal as JsonObject).Service].flat().filter((one) => typeof one === 'string');
}
