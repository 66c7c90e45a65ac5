import type { AccountPlace } from '../../config/place';
import { type FindingIdentity, findingId } from '../../core/finding';
import { groupedBy } from '../../core/grouped';
import { logLines } from '../../core/log-lines';
import { noticeSubject } from '../../core/notice';
import type { RemediationReport } from '../../core/report';
import { type Card, emptyCard, mostFindings, withDone } from '../../ledger/cards/card';
import { type ReportEffect, type ToldReport, withReport } from '../../ledger/cards/with-report';
import type { IntakeMessage, IntakeParts } from './intake-parts';
import { channelsOf } from './routes';
import type { Note } from './select';
import { toldReport } from './told-report';

/** A report that came before an earlier one waits for it so long: both are on their way, and one was faster. */
const patienceMilliseconds = 20_000;
const postponedSeconds = 3;

/** How often a card is made that another batch may be making. */
const mostTries = 3;

/** A report, and the message that brought it. */
interface Brought {
  message: IntakeMessage;
  told: ToldReport;
}

/** What comes of one batch. */
export class Batch {
  /** Ids of the messages that have to come again. */
  readonly failed = new Set<string>();
  /** Reports by `findingId`, in the order in which they count. */
  private readonly reports = new Map<string, Brought[]>();
  /** Places of the accounts whose findings came. */
  private readonly places = new Map<string, AccountPlace | undefined>();
  /** The cards that were written, or may have been before, with the messages that are about them. */
  private readonly touched = new Map<string, { card: Card; messages: Set<IntakeMessage> }>();

  constructor(private readonly parts: IntakeParts) {}

  /** A report that the batch has brought. */
  add(report: RemediationReport, place: AccountPlace | undefined, message: IntakeMessage): void {
    const id = findingId(report.finding, report.occurrence);
    this.places.set(report.finding.accountId, place);
    const brought = { message, told: toldReport(report, place, this.parts.policy) };
    this.reports.set(id, [...(this.reports.get(id) ?? []), brought].sort(inOrder));
  }

  /** Does something, or has its messages come again. */
  async attempt(messages: readonly IntakeMessage[], work: () => Promise<void>): Promise<void> {
    try {
      await work();
    } catch (error) {
      for (const { messageId } of messages) this.failed.add(messageId);
      this.parts.log.error('Messages could not be taken in, and come again', {
        messages: messages.map(({ messageId }) => messageId),
        error: String(error),
      });
    }
  }

  /** A notice, or a change of compliance: a card of its own in the central channel. */
  async takeNote(note: Exclude<Note, { kind: 'report' }>, message: IntakeMessage): Promise<void> {
    const { cards, policy, now, log } = this.parts;
    const empty = emptyCard(policy.slack.channel, note.id, now());
    const card =
      note.kind === 'notice' ? { ...empty, notice: note.notice } : { ...empty, change: note.change };
    const isNew = await cards.create(card);
    // Whoever was stopped after that has not announced it.
    this.touch((isNew ? undefined : await cards.read(card.cardId)) ?? card, [message]);
    log.info(isNew ? logLines.posted : 'Told before', { note: note.id });
    if (note.kind === 'notice') await this.supersede(card.cardId, note.notice, message);
  }

  /** The button of an earlier notice about the same is of no use any more. */
  private async supersede(
    cardId: string,
    notice: NonNullable<Card['notice']>,
    message: IntakeMessage,
  ): Promise<void> {
    const { cards } = this.parts;
    const { actions = [], ends = [], title, at } = notice;
    for (const about of new Set([...actions.map(noticeSubject), ...ends])) {
      const earlier = await cards.supersede(about, cardId, at);
      if (earlier === undefined) continue;
      const what = ends.includes(about) ? title : 'A later message is about the same';
      const card = await cards.change(earlier, (before) => withDone(before, { about, what, at }));
      if (card) this.touch(card, [message]);
    }
  }

  /** Takes all reports of the batch into cards. */
  async takeReports(): Promise<void> {
    const byCard = new Map<string, Brought[]>();
    const fresh: { channel: string; id: string; brought: Brought[] }[] = [];
    const all = [...this.reports];
    await eachOf(all, async ([id, brought]) => {
      await this.attempt(messagesOf(brought), async () => {
        for (const { channel, cardId } of await this.place(brought)) {
          if (cardId === undefined) fresh.push({ channel, id, brought });
          else byCard.set(cardId, [...(byCard.get(cardId) ?? []), ...brought]);
        }
      });
    });
    await this.begin(fresh, byCard);
    await eachOf([...byCard], async ([cardId, brought]) => {
      await this.attempt(messagesOf(brought), () => this.tell(cardId, brought));
    });
  }

  /** The channels that have to be told of a finding, and its card in each where there is one. */
  private async place(brought: readonly Brought[]): Promise<{ channel: string; cardId?: string }[]> {
    const { cards, policy } = this.parts;
    const [first] = brought;
    if (!first) return [];
    const known = await cards.of(first.told.report);
    if (known.length === 0 && this.waits(first) && (first.told.report.sequence ?? 1) > 1) {
      for (const each of brought) await this.comeAgain(each);
      return [];
    }
    const place = this.places.get(first.told.report.finding.accountId);
    const channels = brought.flatMap(({ told: { report } }) => channelsOf(report, place, policy));
    const missing = [...new Set(channels)].filter((channel) =>
      known.every((each) => each.channel !== channel),
    );
    return [...known, ...missing.map((channel) => ({ channel }))];
  }

  /** Makes cards of what has none: what belongs together stands on one. */
  private async begin(
    fresh: readonly { channel: string; id: string; brought: Brought[] }[],
    byCard: Map<string, Brought[]>,
  ): Promise<void> {
    const together = groupedBy(fresh, ({ channel, brought }) => {
      const { accountId, control } = identityOf(brought);
      return [channel, accountId, control].join('\n');
    });
    await eachOf([...together.values()], async (group) => {
      const sorted = group.toSorted((one, other) => (one.id < other.id ? -1 : 1));
      for (let start = 0; start < sorted.length; start += mostFindings) {
        const part = sorted.slice(start, start + mostFindings);
        await this.attempt(messagesOf(part.flatMap(({ brought }) => brought)), async () => {
          const card = await this.create(part);
          if (card) this.begun(card, part, byCard);
          else for (const each of part) await this.beginAlone(each, byCard);
        });
      }
    });
  }

  /** A card that was made says what the first report of each finding says; further ones are told to it. */
  private begun(card: Card, part: readonly { brought: Brought[] }[], byCard: Map<string, Brought[]>): void {
    this.touch(
      card,
      part.flatMap(({ brought }) => messagesOf(brought)),
    );
    const further = part.flatMap(({ brought }) => brought.slice(1));
    if (further.length > 0) byCard.set(card.cardId, further);
  }

  /** Another batch brings one of them at the same time, or has brought it. */
  private async beginAlone(
    each: { channel: string; id: string; brought: Brought[] },
    byCard: Map<string, Brought[]>,
  ): Promise<void> {
    const { cards, now } = this.parts;
    for (let tries = 0; tries < mostTries; tries += 1) {
      const known = await cards.of(identityAndOccurrenceOf(each.brought));
      const there = known.find(({ channel }) => channel === each.channel)?.cardId;
      if (there !== undefined) {
        byCard.set(there, [...(byCard.get(there) ?? []), ...each.brought]);
        return;
      }
      // A card of that name may be there without saying so any more: the two expire each by itself.
      const card = await this.create([each], ` ${now().toISOString()} ${tries}`);
      if (card) return this.begun(card, [each], byCard);
    }
    throw new Error(`No card could be made for ${each.id}. Try again.`);
  }

  private async create(
    part: readonly { channel: string; id: string; brought: Brought[] }[],
    suffix = '',
  ): Promise<Card | undefined> {
    const { cards, now } = this.parts;
    const [first] = part;
    if (!first) return undefined;
    const card = part.reduce(
      (before, { brought: [report] }) => {
        return report ? withReport(before, report.told, false).card : before;
      },
      emptyCard(first.channel, `${first.id}${suffix}`, now()),
    );
    if (!(await cards.create(card))) return undefined;
    const made = { ...card, version: 1 };
    for (const { brought } of part) {
      if (brought[0]) this.posted(made, brought[0].told.report, 'new');
    }
    return made;
  }

  /** Tells a card what came of its findings. */
  private async tell(cardId: string, brought: readonly Brought[]): Promise<void> {
    let effects: { each: Brought; effect: ReportEffect }[] = [];
    const card = await this.parts.cards.change(cardId, (before) => {
      effects = [];
      return brought.reduce((card, each) => {
        const { card: after, effect } = withReport(card, each.told, this.waits(each));
        effects.push({ each, effect });
        return after;
      }, before);
    });
    if (!card) throw new Error(`The card ${cardId} is not there. Look at the ledger.`);
    for (const { each, effect } of effects) {
      if (effect === 'early') await this.comeAgain(each);
      else this.posted(card, each.told.report, effect);
    }
    this.touch(card, messagesOf(brought));
  }

  /** Has the poster look at every card that was touched, and wakes it. */
  async announce(): Promise<void> {
    const { cards, hint, log } = this.parts;
    const channels = new Set<string>();
    await eachOf([...this.touched.values()], async ({ card, messages }) => {
      await this.attempt([...messages], async () => {
        await cards.announce(card);
        channels.add(card.channel);
      });
    });
    for (const channel of channels) {
      await hint(channel).catch((error: unknown) => {
        // The outbox holds it, and is looked through each minute.
        log.warn('The poster could not be woken', { channel, error: String(error) });
      });
    }
  }

  private touch(card: Card, messages: readonly IntakeMessage[]): void {
    const before = this.touched.get(card.cardId);
    this.touched.set(card.cardId, { card, messages: new Set([...(before?.messages ?? []), ...messages]) });
  }

  private waits({ message }: Brought): boolean {
    return this.parts.now().getTime() < message.sentAt + patienceMilliseconds;
  }

  private async comeAgain({ message }: Brought): Promise<void> {
    this.failed.add(message.messageId);
    await this.parts.postpone(message, postponedSeconds);
  }

  /** What is told is counted once: where the central channel hears of it. */
  private posted(card: Card, report: RemediationReport, effect: ReportEffect): void {
    const { policy, log } = this.parts;
    if (card.channel !== policy.slack.channel) return;
    const counts = effect === 'new' || effect === 'told';
    log.info(counts ? logLines.posted : `Told before: ${effect}`, {
      note: report.reportId,
      ...(counts && countedOf(report)),
    });
  }
}

/** What the hub's dashboard counts of a report. */
function countedOf({ finding, occurrence, state, severity, receivedAt, at }: RemediationReport) {
  return {
    finding: findingId(finding, occurrence),
    state,
    severity,
    secondsOpen: Math.max(0, (Date.parse(at) - Date.parse(receivedAt)) / 1_000),
  };
}

function inOrder({ told: { report: one } }: Brought, { told: { report: other } }: Brought): number {
  if (one.sequence !== undefined && other.sequence !== undefined) return one.sequence - other.sequence;
  return one.at < other.at ? -1 : one.at > other.at ? 1 : 0;
}

function messagesOf(brought: readonly Brought[]): IntakeMessage[] {
  return brought.map(({ message }) => message);
}

function identityAndOccurrenceOf([first]: readonly Brought[]): {
  finding: FindingIdentity;
  occurrence: number;
} {
  if (!first) throw new RangeError('There is no report.');
  return first.told.report;
}

function identityOf(brought: readonly Brought[]): FindingIdentity {
  return identityAndOccurrenceOf(brought).finding;
}

/** So much is done at once. */
const atOnce = 10;

async function eachOf<Item>(items: readonly Item[], work: (item: Item) => Promise<void>): Promise<void> {
  for (let start = 0; start < items.length; start += atOnce) {
    await Promise.all(items.slice(start, start + atOnce).map(work));
  }
}
