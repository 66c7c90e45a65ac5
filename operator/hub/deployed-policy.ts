import { randomUUID } from 'node:crypto';
import { type CompiledPolicy, CompiledPolicyError, parseCompiledPolicy } from '../../config/compiled';
import { orderVersion } from '../../core/order';
import { printable } from '../../resources/kit/printable';
import type { Hub } from './hub';

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
  const answer = await ifDeployed(hub, 'coordinator', () =>
    hub.order({ version: orderVersion, key: randomUUID(), order: 'policy' }),
  );
  if (answer === undefined) return { unknown: await whyNotThere(hub, expected) };
  // An older hub refuses an order that it does not know.
  if (!answer.done || answer.policy === undefined)
    return { unknown: `The hub does not tell its policy: ${printable(answer.text)}` };
  try {
    return { policy: parseCompiledPolicy(answer.policy) };
  } catch (error) {
    if (!(error instanceof CompiledPolicyError)) throw error;
    return { unknown: 'The deployed policy is one of another version.' };
  }
}

/**
 * What a part of the hub answers; undefined where it does not exist.
 * @throws HubError for everything else that can go wrong
 */
export function ifDeployed<Answer>(
  hub: Hub,
  part: 'ledger' | 'coordinator',
  question: () => Promise<Answer>,
): Promise<Answer | undefined> {
  return hub.ask(part, async () => {
    try {
      return await question();
    } catch (error) {
      if (error instanceof Error && error.name === 'ResourceNotFoundException') return undefined;
      throw error;
    }
  });
}

/** Credentials of the management account read the organization as well, and find no hub. */
async function whyNotThere(hub: Hub, expected: PolicyHub | undefined): Promise<string> {
  const caller = await hub.ask('caller', () => hub.caller());
  if (caller.account === expected?.account && hub.region === expected.region)
    return 'Nothing is deployed yet.';
  const says = expected ? `; the policy says that it is account ${expected.account}, ${expected.region}` : '';
  return `There is no hub in account ${caller.account}, ${hub.region}${says}. What is deployed is not known.`;
}
