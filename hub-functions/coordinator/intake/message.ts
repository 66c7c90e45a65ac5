import * as z from 'zod/mini';
import {
  complianceChangeDetailType,
  complianceChangeSchema,
  complianceChangeSource,
} from '../../../core/compliance-change';
import { accountIdPattern, regionPattern } from '../../../core/finding';
import { findingMessageSchema } from '../../../core/finding-message';
import { lookMessageSchema } from '../../../core/look-message';
import { controlIdOfConfigRule } from '../../../core/names';
import { probeMessageSchema } from '../../../core/probe';
import { trailDetailType } from '../../../core/trail-call';
import { unwatchedRegion } from '../../../decision/look-questions';
import { type Hint, type Hints, type KnownControls, namedIn, quoted, UnusableMessageError } from './hint';
import { probeOfCall } from './probe-call';
import { hintsOfCall, trailEventSchema } from './trail-event';

/** Verdicts of AWS Config that say that nothing is wrong; a resource that is gone is not applicable. */
const harmless = ['COMPLIANT', 'NOT_APPLICABLE'];

/** AWS Config's event, as EventBridge puts it on the queue; the account and the Region are the envelope's. */
const complianceEventSchema = z.object({
  source: z.literal(complianceChangeSource),
  'detail-type': z.literal(complianceChangeDetailType),
  account: z.string().check(z.regex(accountIdPattern)),
  region: z.string().check(z.regex(regionPattern)),
  detail: complianceChangeSchema,
});

/** What tells the messages of the queue apart. */
const kindSchema = z.object({ type: z.optional(z.unknown()), 'detail-type': z.optional(z.unknown()) });

/**
 * Reads a message of the remediation queue: a rule function's finding, AWS Config's word that its verdict on a resource is another,
 * the patrol's word that a resource has to be looked at, a call that CloudTrail recorded, or a probe of the doctor. Only identities are taken from it, and who made the call: anybody
 * in the organization can write one, so what it says about a resource is not believed.
 * @param body the message's body
 * @throws UnusableMessageError when it is none of them, of a known version, control and resource type
 */
export function parseMessage(body: string, controls: KnownControls): Hints {
  const value = parseJson(body);
  const kind = kindSchema.safeParse(value);
  if (kind.success && kind.data['detail-type'] === trailDetailType) {
    const event = understood(trailEventSchema, value, 'call of CloudTrail');
    const recorded = { accountId: event.account, region: event.region };
    const probe = probeOfCall(event);
    if (probe !== undefined) return { hints: [], wide: [], recorded, probe };
    return { ...hintsOfCall(event, controls), recorded };
  }
  if (kind.data?.type === 'probe') {
    const { accountId, region, detector, mark } = understood(
      probeMessageSchema,
      value,
      'probe of a known version',
    );
    // Only AWS says what a trail has recorded.
    if (detector === 'trail')
      throw new UnusableMessageError('The message is a probe of the trail, and no recorded call.');
    return { hints: [], wide: [], probe: { accountId, region, detector, mark } };
  }
  return { hints: [hintOf(value, kind.data?.type, controls)], wide: [] };
}

function hintOf(value: unknown, type: unknown, controls: KnownControls): Hint {
  const event = complianceEventSchema.safeParse(value);
  if (event.success) return hintOfVerdict(event.data, controls);
  if (type === 'look') {
    const { detector, ...named } = understood(lookMessageSchema, value, 'look of a known version');
    return { ...namedIn(named, controls.findControl), says: 'look', detector };
  }
  const named = understood(findingMessageSchema, value, 'finding of a known version');
  return { ...namedIn(named, controls.findControl), says: 'finding', detector: 'rule' };
}

function hintOfVerdict(
  { account: accountId, region, detail }: z.infer<typeof complianceEventSchema>,
  { findControl }: KnownControls,
): Hint {
  const { configRuleName: ruleName, resourceType, resourceId, newEvaluationResult: verdict } = detail;
  const control = controlIdOfConfigRule(ruleName);
  if (control === undefined) {
    throw new UnusableMessageError(
      `The message is about the rule ${quoted(ruleName)}, which is none of Staunch's.`,
    );
  }
  return {
    ...namedIn({ accountId, region, control, resourceType, resourceId }, findControl),
    says: harmless.includes(verdict.complianceType) ? 'mended' : 'finding',
    detector: 'rule',
  };
}

function understood<T>(schema: z.ZodMiniType<T>, value: unknown, what: string): T {
  const parsed = schema.safeParse(value);
  if (parsed.success) return parsed.data;
  const where = parsed.error.issues.map((issue) => issue.path.join('.') || 'the whole').join(', ');
  throw new UnusableMessageError(`The message is not a ${what}: malformed at ${where}.`);
}

/**
 * Makes sure that the policy watches a Region. Any other one, even of another partition, would lead a session of a member
 * account astray.
 * @throws UnusableMessageError when it does not
 */
export function checkRegion(region: string, watched: readonly string[]): void {
  const reason = unwatchedRegion(region, watched);
  if (reason !== undefined) throw new UnusableMessageError(reason);
}

function parseJson(body: string): unknown {
  try {
    return JSON.parse(body);
  } catch (error) {
    throw new UnusableMessageError('The message is not JSON.', { cause: error });
  }
}
