import type { CompiledPolicy } from '../../config/compiled';
import { parameterSetsText } from '../../config/parameter-sets-text';
import type { CustomControl } from '../../controls/control';
import { queueNames, queueUrl } from '../../core/names';

/**
 * What all variables of a function may take together. Lambda measures them as one JSON object:
 * https://docs.aws.amazon.com/lambda/latest/dg/gettingstarted-limits.html
 * https://github.com/github-aws-runners/terraform-aws-github-runner/issues/3594
 */
const maximumBytes = 4096;

/** Variables of a rule function, by name. */
export type RuleEnvironment = Record<'HUB_REGION' | 'REMEDIATION_QUEUE_URL' | 'PARAMETER_SETS', string>;

/** Thrown when the policy's parameters of a control do not fit into a rule function's variables. */
export class RuleEnvironmentError extends Error {
  override readonly name = 'RuleEnvironmentError';
}

/**
 * The variables of a control's rule function.
 * @throws RuleEnvironmentError when Lambda would not take them
 */
export function ruleEnvironment(policy: CompiledPolicy, control: CustomControl): RuleEnvironment {
  const { hub } = policy;
  const variables = {
    HUB_REGION: hub.region,
    REMEDIATION_QUEUE_URL: queueUrl(hub.account, hub.region, queueNames.remediation),
    PARAMETER_SETS: parameterSetsText(policy, control),
  };
  const bytes = Buffer.byteLength(JSON.stringify(variables));
  if (bytes <= maximumBytes) return variables;
  throw new RuleEnvironmentError(
    `The policy gives ${control.id} too many parameters: a rule function's variables would take ${bytes} bytes, and Lambda takes ${maximumBytes}. ` +
      'Give the same parameters to an organizational unit instead of to each of its accounts, or let fewer levels have their own.',
  );
}
