import type { CustomControl } from '../../controls/control';
import type { Verdict } from '../../controls/verdict';
import { findingVersion } from '../../core/finding';
import type { FindingMessage } from '../../core/finding-message';

/** The resource that a configuration item is about. */
export interface FindingSource {
  accountId: string;
  region: string;
  resourceType: string;
  resourceId: string;
  capturedAt: Date;
}

/** Violations and steps are there for a human who peeks at the queue; this many are enough, and keep the message small. */
const mostListed = 50;

/** The message that tells the hub about a resource. */
export function findingMessage(
  control: CustomControl,
  source: FindingSource,
  verdict: Verdict,
): FindingMessage {
  return {
    version: findingVersion,
    type: 'finding',
    accountId: source.accountId,
    region: source.region,
    control: control.id,
    resourceType: source.resourceType,
    resourceId: source.resourceId,
    capturedAt: source.capturedAt.toISOString(),
    violations: verdict.violations.slice(0, mostListed),
    steps: verdict.steps.slice(0, mostListed),
  };
}
