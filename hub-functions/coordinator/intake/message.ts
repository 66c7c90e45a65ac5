import * as z from 'zod/mini';
import type { ControlFacts, ManagedControl } from '../../../controls/control';
import {
  complianceChangeDetailType,
  complianceChangeSchema,
  complianceChangeSource,
} from '../../../core/compliance-change';
import { cut } from '../../../core/cut';
import {
  accountIdPattern,
  type FindingIdentity,
  findingMessageSchema,
  regionPattern,
} from '../../../core/finding';
import { controlIdOfConfigRule } from '../../../core/names';
import { unwatchedRegion } from '../../../decision/look-questions';
import { isResourceId } from '../../../resources/resource-types';

/** Thrown for a message that no later attempt can make sense of. It ends in the dead-letter queue. */
export class UnusableMessageError extends Error {
  override readonly name = 'UnusableMessageError';
}

/** What a message on the queue says: which resource to look at, for which control. */
export interface Hint {
  identity: FindingIdentity;
  control: ControlFacts;
  /**
   * - `finding`: somebody says that the resource is dangerous.
   * - `mended`: AWS Config says that the resource complies again, or is gone: an open finding of it has to be closed.
   */
  says: 'finding' | 'mended';
}

/** Finds what is known of a control by its id, as `factsById` does. */
export type FindControl = (id: string) => ControlFacts | ManagedControl | undefined;

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

/**
 * Reads a message of the remediation queue: a rule function's finding, or AWS Config's word that its verdict on a
 * resource is another. Only the identity is taken from it: anybody in the organization can write one, so what it says about the
 * resource is not believed.
 * @param body the message's body
 * @throws UnusableMessageError when it is neither, of a known version, control and resource type
 */
export function parseMessage(body: string, findControl: FindControl): Hint {
  const value = parseJson(body);
  const event = complianceEventSchema.safeParse(value);
  if (!event.success) return { ...hintFrom(findingOf(value), findControl), says: 'finding' };
  const { account: accountId, region, detail } = event.data;
  const { configRuleName: ruleName, resourceType, resourceId, newEvaluationResult: verdict } = detail;
  const control = controlIdOfConfigRule(ruleName);
  if (control === undefined) {
    throw new UnusableMessageError(
      `The message is about the rule ${quoted(ruleName)}, which is none of Staunch's.`,
    );
  }
  return {
    ...hintFrom({ accountId, region, control, resourceType, resourceId }, findControl),
    says: harmless.includes(verdict.complianceType) ? 'mended' : 'finding',
  };
}

function findingOf(value: unknown): FindingIdentity {
  const parsed = findingMessageSchema.safeParse(value);
  if (parsed.success) return parsed.data;
  const where = parsed.error.issues.map((issue) => issue.path.join('.') || 'the whole').join(', ');
  throw new UnusableMessageError(`The message is not a finding of a known version: malformed at ${where}.`);
}

function hintFrom(named: FindingIdentity, findControl: FindControl): Omit<Hint, 'says'> {
  const { accountId, region, control: controlId, resourceType, resourceId } = named;
  const control = fixableControl(controlId, findControl);
  if (control.resourceType !== resourceType) {
    throw new UnusableMessageError(
      `The message names a ${quoted(resourceType)} for ${control.id}, which is about ${control.resourceType}.`,
    );
  }
  if (!isResourceId(control.resourceType, resourceId, named)) {
    throw new UnusableMessageError(
      `The message names ${quoted(resourceId)}, which is no id of a ${resourceType}.`,
    );
  }
  return { identity: { accountId, region, control: control.id, resourceType, resourceId }, control };
}

/**
 * The control of that id, if it is one that Staunch fixes itself.
 * @throws UnusableMessageError when it is unknown or only watched
 */
export function fixableControl(controlId: string, findControl: FindControl): ControlFacts {
  const control = findControl(controlId);
  if (control?.kind === 'custom') return control;
  throw new UnusableMessageError(
    control
      ? `${control.id} is only watched; no finding of it can be fixed.`
      : `There is no control ${quoted(controlId)}.`,
  );
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

/** Text of a stranger, safe in a log line. */
function quoted(text: string): string {
  return JSON.stringify(cut(text, 128));
}
