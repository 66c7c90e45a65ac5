import type { CompiledPolicy } from '../../../config/compiled';
import type { FindingIdentity } from '../../../core/finding';
import { present } from '../../../core/present';
import type { MarkedProbe } from '../../../core/probe';
import type { Probes } from '../../../ledger/coverage/probes';
import { isLeased, isUntold, needsLook } from '../../../ledger/findings/due';
import { type FindingRecord, isOpenRecord, type Received } from '../../../ledger/findings/record';
import { occurrenceOfTimer, type RecordKey } from '../../../ledger/findings/record-key';
import { waitsForOf } from '../../../ledger/findings/record-parts';
import { ClosedAccountError, UnknownAccountError } from '../../../ledger/organization/place-errors';
import type { Outcome } from '../../../ledger/transitions/outcome';
import { superseded } from '../../../ledger/transitions/rest';
import { take } from '../../../ledger/transitions/take';
import { Worker } from '../attempt/worker';
import { type Places, rulingFor } from '../deciding/ruling';
import { givenUpOutcome, goneOutcome } from '../recording/outcome';
import { Recorder } from '../recording/recorder';
import type { Remaining } from '../time-limits';
import { type BoundHints, boundHints } from './bound-hints';
import { strikeRevisit } from './closed-findings';
import {
  fixableControl,
  type Hint,
  type Hints,
  type KnownControls,
  UnusableMessageError,
  type WideHint,
} from './hint';
import { Looks, type LooksParts } from './looks';
import { checkRegion, parseMessage } from './message';
import type { AskForPatrol } from './patrol-asks';
import { goesOnResting, type RestingParts } from './resting';
import type { TrailsSeen } from './trails-seen';

/** A message as the queue gives it. */
export interface ReceivedMessage {
  body: string;
  /** When it was sent, where that is known. */
  sentAt?: Date;
}

/** What the coordinator works with. */
export interface CoordinatorParts extends LooksParts, RestingParts, KnownControls {
  gate: LooksParts['gate'] & RestingParts['gate'];
  ledger: LooksParts['ledger'];
  policy: CompiledPolicy;
  organization: Places;
  askForPatrol: AskForPatrol;
  trailsSeen: Pick<TrailsSeen, 'note'>;
  probes: Pick<Probes, 'arrived'>;
}

/**
 * Takes findings from hint to recorded state. Every step may run twice, stop half-way or meet another worker: the
 * ledger's conditional writes decide who goes on, and what is left undone is due for the sweep.
 *
 * The way of one finding: `message.ts` reads the hint; `looks.ts` finds its record or opens one, and has a worker take it;
 * `../attempt/attempt.ts` looks, decides and fixes; `../recording/recorder.ts` records the result and sends the report.
 */
export class Coordinator {
  private readonly looks: Looks;
  private readonly worker: Worker;
  private readonly recorder: Recorder;

  constructor(private readonly parts: CoordinatorParts) {
    this.looks = new Looks(parts);
    this.worker = new Worker(parts);
    this.recorder = new Recorder(parts);
  }

  /**
   * Handles one message of the remediation queue. When it returns, the finding is recorded, or another worker has it and
   * will look again.
   * @param body the message's body
   * @param sentAt when it was sent
   * @throws UnusableMessageError, UnknownAccountError when the message can never be handled
   */
  async receive(body: string, remaining: Remaining, sentAt?: Date): Promise<void> {
    await Promise.all(this.receiveAll([{ body, ...present({ sentAt }) }], remaining));
  }

  /**
   * Handles the messages of one batch: resources at the same time, and each once for all the messages that name it.
   * @param received the messages
   * @returns for each message, in order, what `receive` promises of one
   */
  receiveAll(received: readonly ReceivedMessage[], remaining: Remaining): Promise<void>[] {
    const messages = received.map((message) => this.understood(message));
    const bound = boundHints(messages.map((message) => (message instanceof Error ? undefined : message)));
    const tasks = [
      ...bound.resources.flatMap(({ hints }) => this.followInTurn(hints, remaining)),
      ...bound.wide.map(({ wide, messages }) => ({ messages, done: this.askForPatrol(wide) })),
    ];
    return messages.map(async (message, index) => {
      if (message instanceof Error) throw message;
      const own = tasks.filter((task) => task.messages.includes(index));
      const failed = (await Promise.allSettled(own.map(({ done }) => done))).find(isRejected);
      if (message.recorded) await this.parts.trailsSeen.note(message.recorded);
      if (message.probe) await this.noteProbe(message.probe);
      if (failed) throw failed.reason;
    });
  }

  /** A probe leaves nothing but its arrival; one of nobody leaves nothing at all, and is no reason for an alarm. */
  private async noteProbe(probe: MarkedProbe): Promise<void> {
    const { probes, policy, log, now } = this.parts;
    const { accountId, region, detector } = probe;
    const isOne = policy.regions.includes(region) && (await probes.arrived(probe, now()));
    if (!isOne) log.warn('A probe that nobody has sent was dropped', { accountId, region, detector });
  }

  private understood({ body, sentAt }: ReceivedMessage): Hints | UnusableMessageError {
    try {
      const said = parseMessage(body, this.parts);
      if (!sentAt) return said;
      return { ...said, hints: said.hints.map((hint) => ({ ...hint, sentAt: sentAt.toISOString() })) };
    } catch (error) {
      if (error instanceof UnusableMessageError) return error;
      throw error;
    }
  }

  /** One after the other: controls of one resource may have to change the same of it. None keeps another from being looked at. */
  private followInTurn(hints: BoundHints['hints'], remaining: Remaining) {
    let before: Promise<unknown> = Promise.resolve();
    return hints.map(({ hint, messages }) => {
      const done = before.then(() => this.follow(hint, remaining));
      before = done.catch(() => {});
      return { messages, done };
    });
  }

  private async follow({ identity, control, says, detector, opened, sentAt }: Hint, remaining: Remaining) {
    const { ledger, policy, organization, now } = this.parts;
    checkRegion(identity.region, policy.regions);
    if (says === 'mended') {
      // What its owner mended, or what was fixed, has nothing to close unless a finding of it is still open.
      const latest = await ledger.latest(identity);
      if (!latest || !isOpenRecord(latest)) return;
    }
    const ruling = await rulingFor(identity, policy, organization, now()).catch((error: unknown) => {
      if (error instanceof ClosedAccountError) return error;
      throw error;
    });
    // What an account sends in its last minutes is about nothing any more.
    if (ruling instanceof ClosedAccountError) return this.endGone(identity, ruling, remaining);
    const origin = { detector, ...present({ opened, sentAt }) };
    const danger = says === 'look' ? 'look' : 'finding';
    await this.looks.look({ identity, control, ruling, trigger: 'message', says: danger, origin }, remaining);
  }

  /** What may have opened any resource of a type is for the patrol: the coordinator lists no resources. */
  private async askForPatrol({ accountId, region, resourceType }: WideHint): Promise<void> {
    const { regions } = this.parts.policy;
    if (region !== undefined) checkRegion(region, regions);
    for (const each of region === undefined ? regions : [region]) {
      await this.parts.askForPatrol(accountId, each, resourceType);
    }
  }

  /**
   * Sends the reports that wait in a record.
   * @returns whether the bus took all of them, and whether the record has a look due as well
   */
  async sendReports(key: RecordKey): Promise<{ sent: boolean; needsLook: boolean }> {
    const found = await this.parts.ledger.read(key);
    if (!found) return { sent: true, needsLook: false };
    const record = await this.recorder.sendReports(found);
    const sent = !isUntold(record);
    return { sent, needsLook: waitsForOf(record) === undefined && needsLook(record, this.parts.now()) };
  }

  /**
   * Does what a due record waits for: sends its reports, tries again, finishes what stopped half-way.
   * @param key of the record, as the index names it; the record itself is read again
   */
  async resume(key: RecordKey, remaining: Remaining): Promise<void> {
    const { ledger, now } = this.parts;
    const timed = occurrenceOfTimer(key);
    await this.resumeOccurrence(timed ?? key, remaining);
    if (timed) await ledger.removeApprovalTimer(key, now());
  }

  private async resumeOccurrence(key: RecordKey, remaining: Remaining): Promise<void> {
    const { ledger, now } = this.parts;
    const found = await ledger.read(key);
    if (!found) return;
    const record = await this.recorder.sendReports(found);
    if (!needsLook(record, now())) return;
    const latest = await ledger.latest(record.identity);
    if (latest && latest.occurrence > record.occurrence) {
      // Whoever opened the later occurrence has looked again.
      await ledger.change(record, (fresh) => (isLeased(fresh, now()) ? undefined : superseded(fresh)));
      return;
    }
    try {
      await this.lookAgain(record, remaining);
    } catch (error) {
      if (error instanceof UnknownAccountError) await this.end(record, goneWith(error, record), remaining);
      else if (error instanceof UnusableMessageError)
        await this.end(record, (taken) => givenUpOutcome(taken, error.message, now()), remaining);
      else throw error;
    }
  }

  private async lookAgain(record: FindingRecord, remaining: Remaining): Promise<void> {
    const { findControl, policy, organization, now } = this.parts;
    const { identity } = record;
    checkRegion(identity.region, policy.regions);
    const control = fixableControl(identity.control, findControl);
    const ruling = await rulingFor(identity, policy, organization, now());
    if (await goesOnResting(record, ruling, this.parts)) return;
    await this.looks.look({ identity, control, ruling, trigger: 'sweep' }, remaining);
  }

  /** A message about a closed account opens nothing, and ends what is open. */
  private async endGone(
    identity: FindingIdentity,
    error: UnknownAccountError,
    remaining: Remaining,
  ): Promise<void> {
    const { ledger, now } = this.parts;
    const latest = await ledger.latest(identity);
    if (!latest || !isOpenRecord(latest) || isLeased(latest, now())) return;
    await this.end(latest, goneWith(error, latest), remaining);
  }

  /** Ends what cannot be looked at: its account has left or is closed, its control is gone, its Region is not watched. */
  private async end(
    record: FindingRecord,
    outcome: (taken: Received) => Outcome,
    remaining: Remaining,
  ): Promise<void> {
    const { ledger, now } = this.parts;
    if (!isOpenRecord(record)) {
      await strikeRevisit(record, ledger);
      return;
    }
    const taken = await ledger.replace(record, take(record, this.worker.newLease(remaining()), now()));
    await this.recorder.settle(taken, outcome(taken));
  }
}

function goneWith(error: UnknownAccountError, { identity }: FindingRecord): () => Outcome {
  const left = `Account ${identity.accountId} has left the organization.`;
  return () => goneOutcome(error instanceof ClosedAccountError ? error.message : left);
}

function isRejected(result: PromiseSettledResult<void>): result is PromiseRejectedResult {
  return result.status === 'rejected';
}
