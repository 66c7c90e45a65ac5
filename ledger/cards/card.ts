import { createHash } from 'node:crypto';
import * as z from 'zod/mini';
import { type FindingIdentity, findingId } from '../../core/finding';
import { noticeSchema, noticeSubject } from '../../core/notice';
import { findingIdentitySchema, findingStateSchema, remediationReportSchema } from '../../core/report-schema';
import { severities } from '../../core/violation';

/** So many findings of one account and control stand in one message: with a button for each they fit into what Slack takes. */
export const mostFindings = 10;

/** Of so many lost decisions a thread is told at once. */
const mostLost = 20;

/** That somebody works on what a person decided. */
const workingSchema = z.object({
  /** For people: `approve`. */
  what: z.string(),
  by: z.string(),
  /** When it was begun; ISO 8601. */
  at: z.string(),
  /** From when on nobody works on it any more, however it ended; ISO 8601. The buttons come back then. */
  until: z.string(),
});

/** What a person decided; as in a report. */
const decisionSchema = z.object({
  what: z.enum(['approved', 'denied', 'exempted', 'undone']),
  by: z.string(),
  at: z.string(),
  reason: z.exactOptional(z.string()),
  until: z.exactOptional(z.string()),
});

/** Users and user groups of Slack, by id. */
const mentionedSchema = z.object({ users: z.array(z.string()), groups: z.array(z.string()) });

const diffLineSchema = z.object({
  kind: z.enum(['goes', 'comes', 'stays', 'heading']),
  text: z.string(),
});

const cardFindingSchema = z.object({
  finding: findingIdentitySchema,
  occurrence: z.int(),
  /** The one that counts: the last in order, not the last that came. Its texts are cut. */
  report: remediationReportSchema,
  /** What the plan of the report changes, line by line. */
  diff: z.array(diffLineSchema),
  /** How many lines of it were left out. */
  diffOmitted: z.int(),
  /** Who may approve it, as the policy said when the report came. */
  approvers: mentionedSchema,
  /** What persons decided, the latest last. None goes before there are many. */
  decisions: z.array(decisionSchema),
  /** The last reports that came, by id: none counts twice. */
  reports: z.array(z.string()),
  working: z.exactOptional(workingSchema),
});

const replySchema = z.object({
  /** Of the report. */
  id: z.string(),
  /** The finding's number on the card, from 0. */
  number: z.int(),
  state: findingStateSchema,
  at: z.string(),
  reason: z.exactOptional(z.string()),
  decision: z.exactOptional(decisionSchema),
  /** Whether it came after one that is later in order. */
  late: z.exactOptional(z.literal(true)),
});

/** A change of compliance that a managed rule of AWS Config told. */
export const complianceChangeNoteSchema = z.object({
  accountId: z.string(),
  /** Where the hub knows it. */
  accountName: z.exactOptional(z.string()),
  region: z.string(),
  controlId: z.string(),
  resourceType: z.string(),
  resourceId: z.string(),
  from: z.exactOptional(z.string()),
  to: z.string(),
  annotation: z.exactOptional(z.string()),
  at: z.string(),
});

const stateCountsSchema = z.partialRecord(findingStateSchema, z.int());

const stormSchema = z.object({
  /** When the first message was taken into it; ISO 8601. */
  since: z.string(),
  /** When the last was. */
  lastAt: z.string(),
  /** When nothing came any more. */
  endedAt: z.exactOptional(z.string()),
  /** Whether the list was put into the thread, or cannot be. */
  filed: z.exactOptional(z.literal(true)),
  findings: z.int(),
  accounts: z.int(),
  /** Of the worst of them, as far as it is known. */
  severity: z.exactOptional(z.enum(severities)),
  states: stateCountsSchema,
  /** The rows with most findings. */
  rows: z.array(
    z.object({
      accountId: z.string(),
      accountName: z.exactOptional(z.string()),
      control: z.string(),
      states: stateCountsSchema,
    }),
  ),
  /** How many rows there are beside. */
  moreRows: z.int(),
  /** Who may approve what waits. */
  approvers: mentionedSchema,
});

/** That people are asked, and how often they were told so. */
const askSchema = z.object({
  /** ISO 8601. */
  since: z.string(),
  /** Whether the approvers were mentioned. */
  told: z.boolean(),
  reminded: z.int(),
});

/** That what a notice asks for is done, or cannot be done any more. */
const doneSchema = z.object({
  /** As `noticeSubject` names it. */
  about: z.string(),
  what: z.string(),
  by: z.exactOptional(z.string()),
  at: z.string(),
});

/** What somebody decided that was not done, and is tried no more. */
const lostDecisionSchema = z.object({
  /** The same for every delivery of one click. */
  id: z.string(),
  /** For people: `approve`. */
  what: z.string(),
  /** Id of the user of Slack. */
  user: z.string(),
  /** When it was decided; ISO 8601. */
  at: z.string(),
});

/** A card as the ledger keeps it, but for its version. */
export const cardSchema = z.object({
  cardId: z.string(),
  channel: z.string(),
  createdAt: z.string(),
  /** Slack's id of the first message; absent before it is posted. */
  ts: z.exactOptional(z.string()),
  /** What the first message shows, in short, as far as Slack has confirmed it. */
  shown: z.exactOptional(z.string()),
  /** How often somebody beside the poster had Slack show it, so late that it may have erased what the poster had shown. */
  beside: z.exactOptional(z.int()),
  /** What Slack refused as it is, in short; never sent again. */
  refused: z.exactOptional(z.string()),
  /** Of one account and control; empty for a notice, a change of compliance and a digest. */
  findings: z.array(cardFindingSchema),
  notice: z.exactOptional(noticeSchema),
  /** Why a notice does not have some of its buttons any more. */
  done: z.exactOptional(z.array(doneSchema)),
  change: z.exactOptional(complianceChangeNoteSchema),
  /** The digest that stands for this card: it has no message of its own. */
  digest: z.exactOptional(z.string()),
  /** Of a digest. */
  storm: z.exactOptional(stormSchema),
  /** What the thread has still to be told, in order. */
  replies: z.array(replySchema),
  /** How many replies were left out. */
  repliesOmitted: z.int(),
  /** Of what was lost the thread has still to be told. */
  lost: z.exactOptional(z.array(lostDecisionSchema)),
  ask: z.exactOptional(askSchema),
});

/** That somebody works on what a person decided: `until` says from when on nobody does any more, and the buttons come back. */
export type Working = z.infer<typeof workingSchema>;
/** What a person decided. */
export type CardDecision = z.infer<typeof decisionSchema>;
/** Users and user groups of Slack, by id. */
export type Mentioned = z.infer<typeof mentionedSchema>;
/** One line of what a plan changes. */
export type CardDiffLine = z.infer<typeof diffLineSchema>;
/** One occurrence of a finding on a card. */
export type CardFinding = z.infer<typeof cardFindingSchema>;
/** What the thread has to be told. */
export type Reply = z.infer<typeof replySchema>;
/** What somebody decided that was not done, and is tried no more. */
export type LostDecision = z.infer<typeof lostDecisionSchema>;
/** That what a notice asks for is done, or cannot be done any more. */
export type NoticeDone = z.infer<typeof doneSchema>;
/** How many findings are in each state. */
export type StateCounts = z.infer<typeof stateCountsSchema>;
/** What a digest stands for. */
export type Storm = z.infer<typeof stormSchema>;
/** A change of compliance, as it is told. */
export type ComplianceChange = z.infer<typeof complianceChangeNoteSchema>;

/**
 * What one message of a channel and its thread show: one finding, several of one account and control, a notice, a change of compliance,
 * or a digest of many. The message is always made of the card as it is now.
 */
export type Card = z.infer<typeof cardSchema> & {
  /** Grows with each write; 0 before the first. */
  version: number;
};

/** Which finding, and which occurrence. */
export interface FindingReference {
  finding: FindingIdentity;
  occurrence: number;
}

/**
 * A card's id: the same for the same first content in the same channel, so that what is told twice makes no second card.
 * @param subject `findingId` of the first finding, or the id of the note
 */
export function cardIdOf(channel: string, subject: string): string {
  return createHash('sha256').update(`${channel}\n${subject}`).digest('hex').slice(0, 32);
}

/** A card that shows nothing yet. */
export function emptyCard(channel: string, subject: string, now: Date): Card {
  return {
    cardId: cardIdOf(channel, subject),
    channel,
    createdAt: now.toISOString(),
    findings: [],
    replies: [],
    repliesOmitted: 0,
    version: 0,
  };
}

/** The finding on a card; undefined where the card does not show it. */
export function findingOn(card: Card, { finding, occurrence }: FindingReference): CardFinding | undefined {
  const id = findingId(finding, occurrence);
  return card.findings.find((shown) => findingId(shown.finding, shown.occurrence) === id);
}

/** A notice's card without the button for what is done: the very same where it has none for it, or did not have it any more. */
export function withDone(card: Card, done: NoticeDone): Card {
  const { notice, done: before = [] } = card;
  const asks = notice?.actions?.some((action) => noticeSubject(action) === done.about) === true;
  if (!asks || before.some(({ about }) => about === done.about)) return card;
  return { ...card, done: [...before, done] };
}

/** A card that tells once more of a lost decision: the very same where it tells of it already. */
export function withLost(card: Card, lost: LostDecision): Card {
  const { lost: before = [] } = card;
  if (before.some(({ id }) => id === lost.id)) return card;
  return { ...card, lost: [...before, lost].slice(-mostLost) };
}

/** A card without what its thread was told, by id. */
export function withoutTold(card: Card, ids: readonly string[]): Card {
  const { lost = [], ...rest } = card;
  const left = lost.filter(({ id }) => !ids.includes(id));
  return {
    ...rest,
    replies: card.replies.filter(({ id }) => !ids.includes(id)),
    ...(left.length > 0 && { lost: left }),
  };
}

/** Who works on a finding at a time; undefined where nobody does, or nobody does any more. */
export function workingAt({ working }: Pick<CardFinding, 'working'>, now: Date): Working | undefined {
  return working && Date.parse(working.until) > now.getTime() ? working : undefined;
}
