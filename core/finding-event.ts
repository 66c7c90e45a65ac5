import * as z from 'zod/mini';
import { detectorSchema } from './detector';
import { type FindingIdentity, findingId } from './finding';
import { openerSchema } from './opener';
import { present } from './present';
import { findingIdentitySchema, reportedDecisionSchema } from './report-schema';
import { type FindingState, isOpen, type SettledState, states } from './states';
import { type Severity, severities } from './violation';

/** `detail-type` of a change of a finding's state, on the hub's bus. */
export const findingEventDetailType = 'staunch.finding';
/**
 * Version of the event's schema. Keys may be added to it, which readers pass over; a key that goes, or means something else, makes another
 * version.
 */
export const findingEventVersion = 1;

const settledStates = states.received.next;
const settledState = z.enum(settledStates);
const text = z.string();
const time = z.iso.datetime();

/** What an event says beside which finding it is about. */
const said = {
  sequence: z.int().check(z.positive()),
  state: settledState,
  previousState: z.exactOptional(settledState),
  attempt: z.int(),
  at: time,
  flag: z.exactOptional(z.enum(['off', 'approval', 'on'])),
  decidedBy: z.exactOptional(text),
  reason: z.exactOptional(text),
  errorCode: z.exactOptional(text),
  heldBy: z.exactOptional(text),
  violations: z.exactOptional(z.array(text)),
  changes: z.exactOptional(z.array(text)),
  lossy: z.exactOptional(z.boolean()),
  planDigest: z.exactOptional(text),
  decision: z.exactOptional(reportedDecisionSchema),
  accountName: z.exactOptional(text),
  unit: z.exactOptional(text),
  detector: z.exactOptional(detectorSchema),
  opened: z.exactOptional(openerSchema),
  stack: z.exactOptional(text),
  owner: z.exactOptional(text),
  tags: z.exactOptional(z.record(text, text)),
  shortened: z.exactOptional(z.literal(true)),
};

/** A change of a finding's state, as the ledger keeps it with the finding until the bus has it. */
export const stateChangeSchema = z.object(said);

/** A change of a finding's state. */
export type StateChange = z.infer<typeof stateChangeSchema>;

/** Detail of the event `staunch.finding`; `core/finding-event-fields.ts` says what each key means. */
export const findingEventSchema = z.object({
  version: z.literal(findingEventVersion),
  eventId: text.check(z.minLength(1), z.maxLength(1_100)),
  findingId: text,
  finding: findingIdentitySchema,
  resourceArn: z.exactOptional(text),
  occurrence: z.int().check(z.positive()),
  severity: z.enum(severities),
  open: z.boolean(),
  receivedAt: time,
  ...said,
});

/** Detail of the event `staunch.finding`. */
export type FindingEvent = z.infer<typeof findingEventSchema>;

/** Whether a state is one that a look leads to. */
export function isSettledState(state: FindingState): state is SettledState {
  return (settledStates as readonly FindingState[]).includes(state);
}

/** What an event says of its finding, the same in each event of an occurrence. */
export interface EventSubject {
  identity: FindingIdentity;
  occurrence: number;
  severity: Severity;
  receivedAt: string;
}

/** The id of an event: the same for every delivery of it, and another for every other one. */
export function findingEventId({ identity, occurrence }: EventSubject, sequence: number): string {
  return `${findingId(identity, occurrence)}#event#${sequence}`;
}

/**
 * The event of a change.
 * @param resourceArn the resource's ARN, where Staunch knows the type's form
 */
export function findingEventOf(
  subject: EventSubject,
  change: StateChange,
  resourceArn?: string,
): FindingEvent {
  const { identity, occurrence, severity, receivedAt } = subject;
  return {
    version: findingEventVersion,
    eventId: findingEventId(subject, change.sequence),
    findingId: findingId(identity, occurrence),
    finding: identity,
    ...present({ resourceArn }),
    occurrence,
    severity,
    open: isOpen(change.state),
    receivedAt,
    ...change,
  };
}
