import { bundleRuleFunction, type RuleSource } from '../bundle';

/**
 * How much of the template the code may take, as JSON; bytes. CloudFormation takes a template of 1 MB from S3, and the
 * rest of it has to fit too; Lambda takes 4 MB.
 * https://docs.aws.amazon.com/AWSCloudFormation/latest/UserGuide/cloudformation-limits.html
 */
export const maximumInlineCode = 900_000;

/** Thrown when the policy's parameters do not fit into the member template. */
export class InlineCodeError extends Error {
  override readonly name = 'InlineCodeError';
}

/**
 * The rule function's code, as the member template carries it.
 * @throws InlineCodeError when CloudFormation would not take the template
 */
export function inlineRuleCode(sources: readonly RuleSource[]): string {
  const code = bundleRuleFunction(sources);
  const bytes = Buffer.byteLength(JSON.stringify(code));
  if (bytes <= maximumInlineCode) return code;
  const [longest] = sources.toSorted((one, other) => other.parameterSets.length - one.parameterSets.length);
  throw new InlineCodeError(
    `The policy gives controls too many parameters, most of them ${longest?.control.id}: the rule function would take ${bytes} bytes of the member template, and may take ${maximumInlineCode}. ` +
      'Give the same parameters to an organizational unit instead of to each of its accounts, or let fewer levels have their own.',
  );
}
