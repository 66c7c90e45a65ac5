import { type CompiledPolicy, CompiledPolicyError, parseCompiledPolicy } from '../../config/compiled';
import type { OrderAnswer } from '../../core/order';
import { printable } from '../../resources/kit/printable';
import { askHub } from '../orders/give-order';
import { RefusedOrderError } from './door/refused-order';
import type { Hub } from './hub';
import { HubError } from './hub-error';

/** The hub, as the organization's policy names it. */
export interface PolicyHub {
  account: string;
  region: string;
}

/** The policy that is deployed, or why none is known. */
export type DeployedPolicy = { policy: CompiledPolicy } | { unknown: string };

/**
 * The policy by which the hub works now.
 * @param expected where the hub should be; undefined when no valid policy says
 * @throws HubError when the hub is there and cannot be asked
 */
export async function deployedPolicy(hub: Hub, expected: PolicyHub | undefined): Promise<DeployedPolicy> {
  let answer: OrderAnswer | undefined;
  try {
    answer = await ifDeployed(() => askHub(hub, { order: 'policy' }));
  } catch (error) {
    if (error instanceof RefusedOrderError) return { unknown: untold(error.message) };
    throw error;
  }
  if (answer === undefined) return { unknown: await whyNotThere(hub, expected) };
  if (answer.policy === undefined) return { unknown: untold(printable(answer.text)) };
  try {
    return { policy: parseCompiledPolicy(answer.policy) };
  } catch (error) {
    if (!(error instanceof CompiledPolicyError)) throw error;
    return { unknown: 'The deployed policy is one of another version.' };
  }
}

function untold(why: string): string {
  return `The deployed policy cannot be read: ${why}`;
}

/**
 * What the hub answers; undefined where what was asked does not exist.
 * @param question as `hub.ask` puts it
 * @throws HubError for everything else that can go wrong
 */
export async function ifDeployed<Answer>(question: () => Promise<Answer>): Promise<Answer | undefined> {
  try {
    return await question();
  } catch (error) {
    if (error instanceof HubError && error.failure.problem === 'missing') return undefined;
    throw error;
  }
}

/** Credentials of the management account read the organization as well, and find no hub. */
async function whyNotThere(hub: Hub, expected: PolicyHub | undefined): Promise<string> {
  const caller = await hub.ask('caller', () => hub.caller());
  if (caller.account === expected?.account && hub.region === expected.region)
    return 'Nothing is deployed yet.';
  const says = expected ? `; the policy says that it is account ${expected.account}, ${expected.region}` : '';
  return `There is no hub in account ${caller.account}, ${hub.region}${says}. What is deployed is not known.`;
}
