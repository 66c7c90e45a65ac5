import { gzipSync } from 'node:zlib';
import { type OrderAnswer, orderVersion, type UndoOrder } from '../../../core/order';
import { isOpen } from '../../../core/states';
import { utc } from '../../../core/utc';
import { orderedVerdict } from '../../../decision/exemption-questions';
import type { Ruling } from '../../../decision/finding-ruling';
import type { Exemptions } from '../../../ledger/findings/exemptions';
import type { FindingRecord, Received } from '../../../ledger/findings/record';
import { waitsForOf } from '../../../ledger/findings/record-parts';
import type { UndoExemption } from '../../../ledger/findings/undo-exemption';
import { stillTaken } from '../../../ledger/transitions/checks';
import { putBackAs, type Takeable, takeToUndo } from '../../../ledger/transitions/take';
import { Worker } from '../attempt/worker';
import { rulingFor } from '../deciding/ruling';
import type { CoordinatorParts } from '../intake/coordinator';
import { fixableControl } from '../intake/hint';
import { checkRegion } from '../intake/message';
import type { Answer } from '../member/remediation-result';
import { expiryOf as expiryOfClosed, keptUntil } from '../recording/expiry';
import { mayHaveChanged } from '../recording/may-have-changed';
import { settledOutcome } from '../recording/outcome';
import { Recorder } from '../recording/recorder';
import { fixMilliseconds, type Remaining } from '../time-limits';
import { checkedExpiry, exemptionOf } from './exemption';
import { NotNowError, OrderRefusedError } from './refused';
import { latestForUndo, type Taking, type TakingParts, takeWhenFree } from './taking';

/** What undoing takes, beside what the coordinator works with. */
export interface UndoParts {
  exemptions: Exemptions;
  pause: TakingParts['pause'];
}

/**
 * Undoes fixes. The exemption is written first, so that nothing fixes again what is being given back, wherever this stops;
 * an undo that stopped half-way is completed by ordering it again.
 */
export class Undoing {
  private readonly worker: Worker;
  private readonly recorder: Recorder;

  constructor(private readonly parts: CoordinatorParts & UndoParts) {
    this.worker = new Worker(parts);
    this.recorder = new Recorder(parts);
  }

  /**
   * @throws OrderRefusedError when nothing can be undone as things are
   * @throws UnusableMessageError, UnknownAccountError when the order names what does not exist
   */
  async undo(order: UndoOrder, remaining: Remaining): Promise<OrderAnswer> {
    const { findControl, policy, organization, exemptions, savedStates, now } = this.parts;
    checkRegion(order.finding.region, policy.regions);
    const control = fixableControl(order.finding.control, findControl);
    const ruling = await rulingFor(order.finding, policy, organization, now());
    const until = checkedExpiry(order, now());
    if (remaining() < fixMilliseconds) throw new NotNowError('Too little time is left. Try again.');
    const { before, taken } = await this.take(order, remaining);
    const { identity } = before;
    const history = await savedStates.history(identity, order.occurrence);
    if (!history) {
      await this.putBack(taken, before);
      throw new OrderRefusedError('No fix of it was ever begun: there is nothing to undo.');
    }
    await savedStates.keep(identity, order.occurrence, this.keptFor(order, taken));
    const earlier = await exemptions.read(identity);
    const exemption = exemptionOf(order, until, now());
    await exemptions.write(identity, exemption);
    const answer = await this.parts.remediate({
      mode: 'undo',
      control,
      identity,
      occurrence: order.occurrence,
      attempt: taken.attempt,
      parameters: ruling.parameters,
      history: gzipSync(JSON.stringify(history)).toString('base64'),
    });
    if (answer.outcome === 'undone') {
      await this.noteUndone(order, taken);
      await this.settle(taken, ruling, exemption, answer);
      return answered(true, undoneText(before, answer, until), answer);
    }
    if (answer.outcome !== 'gone' && mayHaveChanged(answer)) {
      await this.settle(taken, ruling, exemption, answer);
      return answered(false, inPart(answer), answer);
    }
    await exemptions.takeBack(identity, exemption, earlier);
    await this.keepAgain(order, before);
    await this.putBack(taken, before);
    const text = answer.outcome === 'gone' ? 'The resource no longer exists.' : (answer.reason ?? '');
    return answered(false, `Nothing was undone. ${text}`.trim(), answer);
  }

  /**
   * Takes the latest occurrence, so that nobody else works on the resource. It may be a later one than the order names, as
   * long as no fix was begun since.
   */
  private take(order: UndoOrder, remaining: Remaining): Promise<Taking<Takeable>> {
    const { ledger, savedStates, now } = this.parts;
    const latest = () => latestForUndo(order, ledger, savedStates);
    return takeWhenFree(latest, remaining, this.parts, (record) => {
      if (record.state === 'gone') throw new OrderRefusedError('The resource no longer exists.');
      return { before: record, taken: takeToUndo(record, this.worker.newLease(remaining()), now()) };
    });
  }

  /** While it was taken nothing was seen to wait for what it waits for, and a timer of its approval may have run. */
  private async putBack(taken: Received, before: Takeable): Promise<void> {
    const { ledger, waitingScopes, now } = this.parts;
    const waitsFor = waitsForOf(before);
    if (waitsFor !== undefined) {
      await waitingScopes.note(waitsFor, now());
      await ledger.setApprovalTimer(before);
    }
    await ledger.change(taken, (fresh) => putBackAs(stillTaken(fresh), taken.lease?.holder ?? '', before));
  }

  /** Without the note a further undo finds that all is as it was before the fix. */
  private async noteUndone(order: UndoOrder, taken: Received): Promise<void> {
    const { savedStates, log, now } = this.parts;
    const { occurrence } = order;
    const { identity, attempt } = taken;
    try {
      await savedStates.saveUndone({ finding: identity, occurrence, attempt }, now());
      const kept = this.keptFor(order, taken);
      if (kept) await savedStates.keep(identity, occurrence, kept);
    } catch (error) {
      log.warn('The undo was not noted', { finding: identity, occurrence, error: String(error) });
    }
  }

  /**
   * It is needed again as long as the finding is open. Behind a later occurrence nothing closes it any more: there it is kept
   * for as long as after a fix that is closed when the exemption ends.
   */
  private keptFor({ occurrence, until }: UndoOrder, taken: Received): Date | undefined {
    if (occurrence === taken.occurrence) return undefined;
    return keptUntil(expiryOfClosed({ saved: true }, this.parts.policy.retention, new Date(until)));
  }

  /** What was closed expires as before. */
  private async keepAgain({ occurrence }: UndoOrder, before: FindingRecord): Promise<void> {
    const { savedStates, policy } = this.parts;
    if (isOpen(before.state)) return;
    const expires = expiryOfClosed({ saved: true }, policy.retention, new Date(before.at));
    await savedStates.keep(before.identity, occurrence, keptUntil(expires));
  }

  /** Records that the danger is back, as far as the undo came. */
  private async settle(
    taken: Received,
    ruling: Ruling,
    exemption: UndoExemption,
    answer: Answer,
  ): Promise<void> {
    const { violations, plan } = answer;
    // Whether it changed anything is asked of the resource itself.
    const outcome = settledOutcome(
      {
        verdict: orderedVerdict(exemption),
        ruling,
        findings: { violations, ...(plan && { plan }) },
        fixBegun: false,
        ...(answer.outcome !== 'undone' && { undoing: true }),
        ...(answer.unconfirmed && { unconfirmed: true }),
      },
      taken.tries,
      this.parts.now(),
    );
    await this.recorder.settle(taken, outcome);
  }
}

function inPart({ unconfirmed, mayHaveWritten, outcome, reason = '' }: Answer): string {
  const how = unconfirmed || mayHaveWritten ? 'The end of the undo is unconfirmed' : 'Undone only in part';
  // What AWS never takes back no further order completes.
  const again = outcome === 'refused' ? '' : 'Order it again to complete it.';
  return `${how}: ${reason} ${again}`.trim();
}

function answered(done: boolean, text: string, answer: Answer): OrderAnswer {
  const { given, differences, errorCode } = answer;
  return {
    version: orderVersion,
    done,
    text,
    ...(given && { changes: given.map((change) => change.text) }),
    ...(differences && { differences }),
    ...(errorCode !== undefined && { errorCode }),
  };
}

/** A second undo restores nothing: it says another end. */
function undoneText({ state }: Takeable, { applied, violations }: Answer, until: string): string {
  if (state === 'undone' && applied === 0)
    return `It was undone already; its exemption now ends ${utc(until)}.`;
  const what = violations.length > 0 ? 'The resource is exposed again, and' : 'The resource';
  return `Undone. ${what} is not fixed again before ${utc(until)}.`;
}
