import { policyJsonSchema } from '../../config/json-schema';
import { validatePolicy } from '../../operator/validate/validate';
import { printableLines } from '../../resources/kit/printable';
import { policyFile } from '../policy-file';
import { complain, say } from '../say';
import { policySummary } from '../validate/policy-summary';

/** The options of `staunch validate`. */
export interface ValidateOptions {
  schema?: boolean;
}

/**
 * Checks a policy.
 * @returns the exit status
 */
export async function runValidate(given: string | undefined, { schema }: ValidateOptions): Promise<number> {
  if (schema) {
    process.stdout.write(policyJsonSchema());
    return 0;
  }
  const { name, organization, warnings, advice } = validatePolicy(...policyFile(given));
  say(printableLines(`${name} is valid: ${policySummary(organization)}`));
  for (const line of [...warnings, advice]) if (line !== undefined) complain(printableLines(line));
  return 0;
}
