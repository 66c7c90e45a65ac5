import type { CompiledPolicy, Exemption, Freeze } from '../../config/compiled';
import { exemptionFor } from '../../config/exemption';
import { freezeFor } from '../../config/freeze';
import type { AccountPlace } from '../../config/place';
import { type Resolved, resolve } from '../../config/resolve';
import { UnresolvedPolicyError } from '../../config/unresolved';
import { holds, type Exemption as UndoExemption } from '../../ledger/exemptions';
import type { Decision, FindingRecord } from '../../ledger/record';
import { type Stop, stopFor, stopReason } from '../../ledger/stop-switch';
import { approvalEnd } from './approval-end';

/** What would become of something dangerous, and why. */
export interface Verdict {
  verdict: 'fixed' | 'reported' | 'waits' | 'left alone';
  /** A sentence for people. */
  why: string;
}

/** What a verdict rests on. */
export interface VerdictQuestion {
  policy: CompiledPolicy;
  place: AccountPlace;
  control: string;
  now: Date;
  /** Whether rules run in the account at all; true where that is not known. */
  watched: boolean;
  /** The resource, where one is meant. */
  resource?: { region: string; resourceId: string };
  /** What the ledger has of the resource, where it has anything. */
  record?: FindingRecord;
  /** The ledger's own exemption of the finding, from an undo; it may have ended. */
  undone?: UndoExemption;
  stops?: readonly Stop[];
}

/** The policy's flag and parameters, or why they cannot be told. */
export type Ruling = Resolved | { unresolved: string };

/** What the policy says of an account and a control; what cannot be told changes nothing. */
export function rulingOf(policy: CompiledPolicy, place: AccountPlace, control: string): Ruling {
  try {
    return resolve(policy, place, control);
  } catch (error) {
    if (error instanceof UnresolvedPolicyError) return { unresolved: error.message };
    throw error;
  }
}

/**
 * What would become of something dangerous: the coordinator's decision, foretold as far as it can be without reading the resource.
 * Pure.
 */
export function verdictOn(question: VerdictQuestion): Verdict {
  const { policy, place, control, now, watched, resource, record, undone, stops = [] } = question;
  const ruling = rulingOf(policy, place, control);
  if ('unresolved' in ruling)
    return leftAlone(`It cannot be told what the policy says: ${ruling.unresolved}`);
  if (place.accountId === policy.organization.managementAccount)
    return leftAlone('It is the management account, which Staunch does not watch.');
  if (!watched) return leftAlone('The account lies under none of the targets, so nothing watches it.');
  if (resource && !policy.regions.includes(resource.region))
    return leftAlone(`The policy does not list ${resource.region} among the Regions.`);
  if (holds(undone, now))
    return leftAlone(`Its fix was undone for ${undone.by}, until ${undone.until}: ${undone.reason}`);
  const exemption = resource && exemptionFor(policy, place, { controlId: control, ...resource }, now);
  if (exemption) return leftAlone(exemptionSentence(exemption));
  const stop = stopFor(stops, [place.accountId, ...place.path.map(({ id }) => id)], now);
  const freeze = freezeFor(policy, place, now);
  const heldFor = stop ? stopReason(stop) : freeze && freezeSentence(freeze);
  return byFlag(ruling, policy, decisionOf(record, now), record?.plan, heldFor);
}

/** @param heldFor what every fix in the account waits for, in a sentence */
function byFlag(
  { flag, decidedBy }: Resolved,
  { lossy }: CompiledPolicy,
  decision: Decision | undefined,
  plan: FindingRecord['plan'],
  heldFor: string | undefined,
): Verdict {
  if (flag === 'off') return { verdict: 'reported', why: `The flag is off, by ${decidedBy}.` };
  if (decision?.what === 'denied')
    return leftAlone(`${decision.by} decided against the plan: ${decision.reason ?? ''}`.trim());
  const approved = decision !== undefined;
  if (flag === 'approval' && !approved)
    return { verdict: 'waits', why: `Somebody has to approve the plan first, by ${decidedBy}.` };
  if (plan?.lossy && lossy === 'wait' && !approved) {
    return {
      verdict: 'waits',
      why: 'The plan is lossy: it also takes something harmless, so somebody has to approve it.',
    };
  }
  if (heldFor !== undefined) return { verdict: 'waits', why: heldFor };
  return {
    verdict: 'fixed',
    why: approved ? `${decision.by} approved the plan.` : `The flag is on, by ${decidedBy}.`,
  };
}

/** The decision that counts now: one about what was seen last, that has not expired. */
function decisionOf(record: FindingRecord | undefined, now: Date): Decision | undefined {
  const decision = record?.decision;
  if (decision === undefined || decision.seen !== record?.seenDigest) return undefined;
  const end = approvalEnd(decision);
  return end !== undefined && Date.parse(end) <= now.getTime() ? undefined : decision;
}

/** Why an exemption leaves a resource alone, in a sentence. */
export function exemptionSentence({ resource, expires, source, owner, reason }: Exemption): string {
  return `The policy exempts ${resource} until ${expires} (${source}), for ${owner}: ${reason}`;
}

/** What a freeze that holds now means, in a sentence. */
export function freezeSentence({ to, source, reason }: Freeze): string {
  return `A freeze of the policy holds until ${to} (${source}): ${reason}`;
}

function leftAlone(why: string): Verdict {
  return { verdict: 'left alone', why };
}
