import { actorText } from '../../../core/actor';
import { type Notice, noticeSubject } from '../../../core/notice';
import { isCarriedOut, type Order } from '../../../core/order';
import { utc } from '../../../core/utc';
import { proposalPartition } from '../../../ledger/findings/due';
import type { Ledger } from '../../../ledger/findings/ledger';
import type { RecordKey } from '../../../ledger/findings/record-key';
import { type Proposal, type Proposals, subjectOf } from '../../../ledger/orders/proposals';
import type { Notices } from '../../../ledger/told/notices';
import { reasonOf } from '../../order-permission';
import { orderedText } from '../../ordered-text';
import type { Log } from '../log';
import { agreeingCommand } from './agreeing-command';

/** A bound on what one run tells; the next one goes on. */
const mostAtOnce = 50;
/** How far what could not be told moves back. */
const postponedMilliseconds = 2 * 60_000;

/** What telling of proposals takes. */
export interface ProposalNoticesParts {
  ledger: Pick<Ledger, 'due' | 'postpone'>;
  proposals: Pick<Proposals, 'read' | 'comeAgain' | 'willTell'>;
  notices: Pick<Notices, 'give'>;
  log: Log;
  now: () => Date;
}

/**
 * Tells the channel of orders that wait for a second person: once that they wait, and once that somebody agreed, or nobody did in time.
 * One to which somebody agrees before it is told that it waits is told by what comes of it.
 */
export class ProposalNotices {
  constructor(private readonly parts: ProposalNoticesParts) {}

  /** @throws AWS's error when the index cannot be read */
  async run(): Promise<void> {
    const { ledger, log, now } = this.parts;
    const { keys } = await ledger.due(proposalPartition, now(), mostAtOnce);
    for (const key of keys) {
      try {
        await this.tell(key);
      } catch (error) {
        log.error('An order that waits for a second person could not be told', {
          ...key,
          error: String(error),
        });
        await ledger.postpone(key, new Date(now().getTime() + postponedMilliseconds));
      }
    }
  }

  private async tell(key: RecordKey): Promise<void> {
    const { proposals, notices, log, now } = this.parts;
    const subject = subjectOf(key);
    const { proposal, version: seen } = await proposals.read(subject);
    const order = proposal?.order;
    if (!proposal || !order || !isCarriedOut(order)) {
      log.warn('What waits for a second person cannot be understood, and is not told', { ...key });
      return proposals.comeAgain(subject, seen);
    }
    if (proposal.usedBy !== undefined && !proposal.told) return;
    const at = now();
    const isOver = proposal.usedBy !== undefined || Date.parse(proposal.until) <= at.getTime();
    const isFirst = !isOver && !proposal.told;
    // Somebody was faster: the next sweep looks again.
    if (isFirst && !(await proposals.willTell(subject, seen))) return;
    const version = isFirst ? seen + 1 : seen;
    await notices.give(noticeOf(subject, { ...proposal, version }, order, isOver, at), at);
    await proposals.comeAgain(subject, version, isOver ? undefined : proposal.until);
  }
}

/** One that is made again after it was over has another version or another end. */
function noticeOf(
  subject: string,
  { actor, until, version, usedBy }: Proposal,
  order: Order,
  isOver: boolean,
  at: Date,
): Notice {
  const who = actorText(actor);
  const what = `${order.order} ${orderedText(order)}`;
  const id = `${subject}#${until}#${version}`;
  const ends = [noticeSubject({ order: 'agree', proposal: subject })];
  if (usedBy !== undefined) {
    return {
      version: 1,
      noticeId: `second-person-agreed#${id}`,
      title: `A second person agreed: ${order.order}`,
      text: `Another person agreed with ${who}, who asked to ${what}. What comes of it is told by itself.`,
      ends,
      at: at.toISOString(),
    };
  }
  if (isOver) {
    return {
      version: 1,
      noticeId: `second-person-missed#${id}`,
      title: `No second person: ${order.order}`,
      text: `Nobody agreed before ${utc(until)} with ${who}, who asked to ${what}. Nothing was done.`,
      ends,
      at: at.toISOString(),
    };
  }
  const reason = reasonOf(order);
  const end = 'until' in order && order.until !== undefined ? `, with effect until ${utc(order.until)}` : '';
  const command = agreeingCommand(order);
  return {
    version: 1,
    noticeId: `second-person#${id}`,
    title: `Waits for a second person: ${order.order}`,
    text: [
      `${who} asks to ${what}${end}.`,
      `Nothing is done unless another person orders the same before ${utc(until)}.`,
      ...(command === undefined ? [] : [`To agree: ${command}`]),
      // In one line, and the last one: it must not look like a command of ours.
      ...(reason === undefined ? [] : [`Reason: ${reason.replace(/\s+/g, ' ')}`]),
    ].join('\n'),
    actions: [{ order: 'agree', proposal: subject }],
    at: at.toISOString(),
  };
}
