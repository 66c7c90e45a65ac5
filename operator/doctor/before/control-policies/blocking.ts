import { matchesResource } from '../../../../config/resource-pattern';
import type { ControlStatement } from './control-policy';

/** A call that a deployment makes in a member account. */
export interface DeployingCall {
  /** `iam:CreateRole`. */
  action: string;
  /** ARN of what it makes. */
  resource: string;
  /** Where AWS sees it: calls of IAM in `us-east-1`. */
  region: string;
  /** Whoever calls. */
  principalArn: string;
}

/** Whether something holds, as far as that can be told. */
export type Perhaps = 'yes' | 'no' | 'perhaps';

/** Whether a statement denies a call; `perhaps` where it asks for what only the call itself tells. Pure. */
export function denies(statement: ControlStatement, call: DeployingCall): Perhaps {
  const { effect, actions, isNot, resources, isNotResources } = statement;
  if (effect !== 'Deny') return 'no';
  const isNamed = actions.some((pattern) => like(pattern.toLowerCase(), call.action.toLowerCase()));
  if (isNamed === isNot) return 'no';
  const isAbout = resources.some((pattern) => like(pattern, call.resource));
  if (isAbout === isNotResources) return 'no';
  return allOf(conditionsOf(statement, call));
}

/** Whether a statement allows a call, whatever its conditions. Pure. */
export function mayAllow({ effect, actions, isNot }: ControlStatement, { action }: DeployingCall): boolean {
  const isNamed = actions.some((pattern) => like(pattern.toLowerCase(), action.toLowerCase()));
  return effect === 'Allow' && isNamed !== isNot;
}

function conditionsOf({ conditions }: ControlStatement, call: DeployingCall): Perhaps[] {
  return Object.entries(conditions).flatMap(([operator, keys]) =>
    Object.entries(keys).map(([key, values]) => holds(operator, knownOf(key, call), values)),
  );
}

/** Keys whose values are known before the call is made. */
function knownOf(key: string, { region, principalArn }: DeployingCall): string | undefined {
  const known: Readonly<Record<string, string>> = {
    'aws:requestedregion': region,
    'aws:principalarn': principalArn,
  };
  return known[key.toLowerCase()];
}

/** https://docs.aws.amazon.com/IAM/latest/UserGuide/reference_policies_elements_condition_operators.html */
function holds(operator: string, value: string | undefined, patterns: readonly string[]): Perhaps {
  const [, negation, kind] =
    /^(?:String|Arn|ARN)(Not)?(Equals|Like|EqualsIgnoreCase)(?:IfExists)?$/.exec(operator) ?? [];
  if (value === undefined || kind === undefined) return 'perhaps';
  const isLike = kind === 'Like' || operator.toLowerCase().startsWith('arn');
  const matches = patterns.some((pattern) => (isLike ? like(pattern, value) : pattern === value));
  return matches === (negation === undefined) ? 'yes' : 'no';
}

function allOf(parts: readonly Perhaps[]): Perhaps {
  if (parts.includes('no')) return 'no';
  return parts.includes('perhaps') ? 'perhaps' : 'yes';
}

/** `?` stands for one character: rare enough that any number does here, since what is then found too much is only asked about. */
function like(pattern: string, text: string): boolean {
  return matchesResource(pattern.replaceAll('?', '*'), text);
}
