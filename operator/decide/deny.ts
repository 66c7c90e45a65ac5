import { findFinding } from '../findings/find-finding';
import type { Hub } from '../hub/hub';
import { type DecisionResult, decideOn } from './decide-on';

/**
 * Decides against the plan of a finding; the host shows it before anything is ordered.
 * @param name of the finding, as `findFinding` takes it
 * @throws OperatorError when there is no such finding, or no plan to decide on, or the hub cannot be asked
 */
export async function deny(hub: Hub, name: string, reason: string): Promise<DecisionResult> {
  return decideOn(hub, await findFinding(hub, name), { order: 'deny', reason });
}
