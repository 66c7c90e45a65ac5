import type { Json, JsonObject } from '../../../core/json';
import { isFields } from '../input';
import { serviceKeys } from './condition-keys';
import { isLimited } from './conditions';
import { coveringDenies } from './covering-deny';
import type { DocumentRules } from './document-rules';
import { principalsOf } from './principals';
import type { ResourcePolicy } from './resource-policy';

/** A statement that lets in one of AWS's services, whosever request it acts on. */
export interface ConfusedDeputy {
  /** Its place in the policy, from 0. */
  index: number;
  statement: JsonObject;
  /** The services that it names; empty where it lets in all of them. */
  services: readonly string[];
  /** Whether it lets in services alone. */
  isAlone: boolean;
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
  const statements = policy?.statements ?? [];
  const sparedByDeny = rules.byTheLetter ? () => false : servicesSpared(statements, rules);
  return statements.flatMap((statement, index) => {
    const deputy = confusedDeputyIn(statement, index, rules, sparedByDeny);
    return deputy === undefined ? [] : [deputy];
  });
}

/** Whether Denies take from strangers what a statement allows, and not from services. */
function servicesSpared(
  statements: readonly JsonObject[],
  rules: DocumentRules,
): (allow: JsonObject) => boolean {
  if (!statements.some(({ Effect }) => Effect === 'Deny')) return () => false;
  const keys = new Map([...rules.keys].filter(([key]) => !serviceKeys.has(key)));
  const isDenied = coveringDenies(statements, rules);
  const meetingServices = statements.filter(({ NotPrincipal }) => servicesOf(NotPrincipal).length === 0);
  const isDeniedToServices = coveringDenies(meetingServices, { ...rules, keys });
  return (allow) => isDenied(allow) && !isDeniedToServices(allow);
}

/**
 * The same of one statement; undefined where it is none.
 * @param sparedByDeny whether the policy's Denies take from strangers what a statement allows, and not from services
 * @throws ResourceInputError when it is malformed.
 */
export function confusedDeputyIn(
  statement: JsonObject,
  index: number,
  rules: DocumentRules,
  sparedByDeny: (allow: JsonObject) => boolean = () => false,
): ConfusedDeputy | undefined {
  if (statement.Effect !== 'Allow') return undefined;
  const where = () => `Policy.Statement[${index}]`;
  // Whom the parameters trust is asked of everybody, and not of services.
  const anySource = { ...rules, trustedAccounts: [], trustedOrganizations: [] };
  const limitedBy = (keys: DocumentRules['keys']) =>
    isLimited(statement.Condition, () => `${where()}.Condition`, keys, anySource);
  const services = servicesOf(statement.Principal);
  const open = services.length === 0 && principalsOf(statement, where).everybody;
  const isForServices = open && limitedBy(serviceKeys);
  if (
    services.length === 0 &&
    !isForServices &&
    !(open && !limitedBy(rules.keys) && sparedByDeny(statement))
  ) {
    return undefined;
  }
  if (limitedBy(rules.sourceKeys)) return undefined;
  const namesOthers = Object.keys(statement.Principal ?? {}).some((kind) => kind !== 'Service');
  return { index, statement, services, isAlone: services.length > 0 ? !namesOthers : isForServices };
}

/** Services whose name is not fixed are everybody. */
function servicesOf(principal: Json | undefined): string[] {
  if (!isFields(principal)) return [];
  return [(principal as JsonObject).Service].flat().filter((one) => typeof one === 'string');
}
