import { explain } from '../../operator/explain/explain';
import type { PolicyChoice } from '../../operator/policy-file';
import { printableJson } from '../../resources/kit/printable';
import { chosenPolicy } from '../chosen-policy';
import { explanationJson } from '../explain/explanation-json';
import { explanationText } from '../explain/explanation-text';
import { hubOfPolicy } from '../hub-region';
import { sandboxEndpoint } from '../sandbox-endpoint';
import { say } from '../say';
import { standardOutput } from '../terminal';
import { type HubOptions, withHub } from '../with-hub';

/** The options of `staunch explain`. */
export interface ExplainOptions extends HubOptions {
  file?: string;
  deployed?: boolean;
  resourceRegion?: string;
  json?: boolean;
}

/** What a decision is asked for, as the person at the keyboard named it. */
export interface AskedFor {
  account: string;
  control: string;
  resource: string | undefined;
}

/**
 * Explains a decision.
 * @returns the exit status
 */
export async function runExplain(
  { account, control, resource }: AskedFor,
  options: ExplainOptions,
): Promise<number> {
  const { resourceRegion } = options;
  const asked = {
    account,
    control,
    ...(resource !== undefined && { resource }),
    ...(resourceRegion !== undefined && { resourceRegion }),
  };
  const choice = await choiceOf(options);
  const explanation = await withHub(options, (hub) => explain(hub, asked, choice));
  if (options.json) process.stdout.write(`${printableJson(explanationJson(explanation))}\n`);
  else say(explanationText(explanation, standardOutput().colours));
  return 'unresolved' in explanation.resolution ? 1 : 0;
}

async function choiceOf({ file, deployed }: ExplainOptions): Promise<PolicyChoice> {
  return !deployed && (file !== undefined || sandboxEndpoint() === undefined)
    ? { file: await chosenPolicy(file) }
    : { deployedAt: hubOfPolicy() };
}
