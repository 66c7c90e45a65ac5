import { customControls } from '../../controls/registry';
import { verdictCodeOf } from '../../infra/verdict-code';
import { planPolicy } from '../../operator/plan/plan-policy';
import { isSound } from '../../operator/plan/whole-plan';
import type { PolicyChoice } from '../../operator/policy-file';
import { printableJson } from '../../resources/kit/printable';
import { chosenPolicy } from '../chosen-policy';
import { hubOfPolicy } from '../hub-region';
import { planJson } from '../plan/plan-json';
import { planText } from '../plan/plan-text';
import { sandboxEndpoint } from '../sandbox-endpoint';
import { say } from '../say';
import { standardOutput } from '../terminal';
import { type HubOptions, withHub } from '../with-hub';

/** The options of `staunch plan`. */
export interface PlanOptions extends HubOptions {
  all?: boolean;
  account?: string;
  cost?: boolean;
  json?: boolean;
}

/**
 * Shows what a policy would do.
 * @returns the exit status
 */
export async function runPlan(
  given: string | undefined,
  { all = false, account, cost, json, ...options }: PlanOptions,
): Promise<number> {
  const choice = await choiceOf(given);
  const region = options.region ?? regionOf(choice);
  const plan = await withHub({ ...options, ...(region !== undefined && { region }) }, (hub) =>
    planPolicy(hub, choice, {
      ...(account !== undefined && { account }),
      ...(cost && { cost }),
      // What is deployed with the policy is the code at hand.
      verdictCode: () => verdictCodeOf(customControls),
    }),
  );
  if (json) process.stdout.write(`${printableJson(planJson(plan))}\n`);
  else say(planText(plan, { all, colours: standardOutput().colours }));
  return isSound(plan) ? 0 : 1;
}

async function choiceOf(given: string | undefined): Promise<PolicyChoice> {
  return given === undefined && sandboxEndpoint() !== undefined
    ? { deployedAt: hubOfPolicy() }
    : { file: await chosenPolicy(given) };
}

/** A file says where its hub is; the environment may say otherwise. */
function regionOf(choice: PolicyChoice): string | undefined {
  const { AWS_REGION: region, AWS_DEFAULT_REGION: fallback } = process.env;
  return region || fallback || !('file' in choice) ? undefined : choice.file.organization.hub.region;
}
