import type { PatrolMessage, PatrolPosition, PatrolProbe } from '../../../core/patrol-message';
import { patrolMessageSchema, patrolProbeSchema, patrolVersion } from '../../../core/patrol-message';
import type { SessionCredentials } from '../../../core/remediation';
import type { CoverageStore } from '../../../ledger/coverage/coverage';
import {
  type CoverageAnswer,
  type PlaceCoverage,
  placeKey,
  type WatchedPlace,
} from '../../../ledger/coverage/place-coverage';
import { targetPlaces } from '../../../ledger/coverage/watched-places';
import type { OrganizationTree } from '../../../ledger/organization/organization-tree';
import { isOfAccount, SessionRefusedError } from '../../member-session/assume';
import type { ProbeRequest, WalkAnswer, WalkRequest } from '../walk-answer';
import { type Binding, bind } from './binding';
import { begunAt, duePlaces } from './due';
import type { PatrolPolicy } from './policy';

/** Thrown for a message that no later attempt can make sense of. It ends among the dead letters. */
export class UnusablePatrolMessageError extends Error {
  override readonly name = 'UnusablePatrolMessageError';
}

/** What is left of a walk that came no further waits so long: AWS asked for less. */
const restSeconds = 300;

/** What the dispatcher works with. */
export interface DispatcherParts {
  policy: PatrolPolicy;
  coverage: Pick<CoverageStore, 'read' | 'list' | 'add' | 'addBy'>;
  /** @throws anything when no tree of the organization is kept that is younger than a day */
  tree(): Promise<OrganizationTree>;
  /** Puts messages on the patrol's queue. @throws anything when it does not take one of them */
  send(messages: readonly PatrolMessage[], delaySeconds?: number): Promise<void>;
  /** @throws SessionRefusedError */
  assume(place: WatchedPlace, resourceTypes: readonly string[]): Promise<SessionCredentials>;
  /** @throws WalkerError and others: nothing counts as covered then */
  invoke(request: WalkRequest): Promise<WalkAnswer>;
  /** @throws WalkerError and others: the probe does not arrive then */
  probe(request: ProbeRequest): Promise<void>;
  now(): Date;
  log: Pick<Console, 'info' | 'warn'>;
}

/** A chain of walks that a message begins, or goes on with. */
interface Chain {
  message: PatrolMessage;
  place: WatchedPlace;
  /** When it began, ISO 8601: its name. */
  startedAt: string;
  /** All that the chain is about. */
  types: readonly string[];
  /** Those that are not walked yet. */
  left: readonly string[];
}

/**
 * Spreads walks of every account and Region over `patrol.every`, and has the walker make each with a session of its own. It alone
 * writes what is covered, and parses nothing of resources. Every step may happen twice; a message is done with once what the walker
 * answered is written, and what it left is on the queue again.
 */
export class Dispatcher {
  constructor(private readonly parts: DispatcherParts) {}

  /** The schedule: puts what is due onto the queue. A walk is noted as begun once its message is there. */
  async schedule(): Promise<void> {
    const { policy, coverage, send, now, log } = this.parts;
    const organization = { managementAccount: policy.managementAccount };
    // Closed accounts too: that they are not covered is told.
    const targets = targetPlaces({ ...policy, organization }, await this.parts.tree()) ?? [];
    const places = targets.map(({ accountId, region }) => ({ accountId, region }));
    const known = new Map<string, PlaceCoverage>();
    for await (const each of coverage.list((error) => log.warn('Coverage cannot be read', error.message))) {
      known.set(placeKey(each), each);
    }
    const at = now();
    const startedAt = at.toISOString();
    const due = duePlaces(places, known, policy, at);
    for (const place of due) {
      await send([{ version: patrolVersion, type: 'patrol', ...place, startedAt }]);
      await coverage.add(place, { startedAt, at: startedAt, begun: policy.resourceTypes });
    }
    log.info('Patrols sent', { sent: due.length, watched: places.length });
  }

  /**
   * A message of the queue: one account and Region.
   * @param body the message's body
   * @throws UnusablePatrolMessageError; whatever kept the walk from being made or told, so that the message comes back
   */
  async receive(body: string): Promise<void> {
    const probe = patrolProbeSchema.safeParse(jsonOf(body));
    if (probe.success) return this.probe(probe.data);
    const message = this.parse(body);
    const chain = message.from ? await this.goesOn(message, message.from) : await this.begins(message);
    if (chain) await this.walk(chain);
  }

  /**
   * Sends a probe of the doctor the way of a walk. Whatever fails is logged, and no more: the doctor sees that nothing arrived, and a
   * probe that comes back later would arrive for nobody.
   */
  private async probe({ accountId, region, mark }: PatrolProbe): Promise<void> {
    const { policy, assume, log } = this.parts;
    const place = { accountId, region };
    try {
      if (!policy.regions.includes(region)) throw new UnusablePatrolMessageError(`${region} is not watched.`);
      const absent = await this.absence(accountId);
      if (absent !== undefined) throw new UnusablePatrolMessageError(absent);
      // Of no type: it may read the trails, and nothing else.
      await this.parts.probe({ version: 1, ...place, credentials: await assume(place, []), mark });
    } catch (error) {
      log.warn('A probe could not be sent on', String(error));
    }
  }

  /** What is left of a chain that has begun. @returns undefined where it is over */
  private async goesOn(message: PatrolMessage, from: PatrolPosition): Promise<Chain | undefined> {
    const { coverage, now, log } = this.parts;
    const { accountId, region, startedAt } = message;
    const place = { accountId, region };
    const types = this.typesOf(message);
    const left = types.slice(Math.max(types.indexOf(from.resourceType), 0));
    if (await this.isOver(place, left, startedAt)) {
      log.info('A later patrol has begun', { accountId, region, startedAt });
      return undefined;
    }
    const at = now().toISOString();
    await coverage.add(place, { startedAt, at, begun: left, walkedAt: at });
    return { message, place, startedAt, types, left };
  }

  /** A message that begins a chain, named by the time of its beginning. @returns undefined where none begins now */
  private async begins(message: PatrolMessage): Promise<Chain | undefined> {
    const { coverage, send, now, log } = this.parts;
    const { accountId, region } = message;
    const place = { accountId, region };
    const { binding, at } = await coverage.addBy(place, (known) => {
      const at = now();
      const binding = bind(known, message, this.typesOf(message), at);
      return { binding, at, ...answerOf(binding, at.toISOString()) };
    });
    if (binding.kind === 'begin') {
      const startedAt = binding.at.toISOString();
      return { message, place, startedAt, types: binding.types, left: binding.types };
    }
    const startedAt = at.toISOString();
    log.info('Asked for', { accountId, region, ...binding });
    if (binding.kind === 'wait') {
      const { until, asked } = binding;
      await send([message], Math.ceil((until.getTime() - at.getTime()) / 1_000));
      await coverage.add(place, { startedAt, at: startedAt, asked });
    }
    return undefined;
  }

  /** Has the walker walk, and writes what it answers. What it left is on the queue then. */
  private async walk({ message, place, startedAt, types, left }: Chain): Promise<void> {
    const { coverage, send, now } = this.parts;
    const { from } = message;
    const notCovered = (words: string) =>
      coverage.add(place, {
        startedAt,
        at: now().toISOString(),
        notCovered: left.map((type) => ({ type, words })),
      });
    const absent = await this.absence(place.accountId);
    if (absent !== undefined) {
      await notCovered(absent);
      return;
    }
    let credentials: SessionCredentials;
    try {
      credentials = await this.parts.assume(place, left);
    } catch (error) {
      if (!(error instanceof SessionRefusedError && isOfAccount(error))) throw error;
      await notCovered(error.message);
      return;
    }
    const request: WalkRequest = { version: 1, ...place, resourceTypes: [...types], credentials };
    const answer = await this.parts.invoke({ ...request, ...(from && { from }) });
    const { covered, next, trail } = answer;
    await coverage.add(place, {
      ...{ startedAt, at: now().toISOString(), covered, notCovered: answer.notCovered },
      ...(trail && { trail }),
    });
    if (!next) return;
    const rest = { ...message, startedAt, resourceTypes: [...types], from: next };
    await send([rest], isSame(next, from) ? restSeconds : 0);
  }

  private typesOf({ resourceTypes }: PatrolMessage): readonly string[] {
    return resourceTypes ?? this.parts.policy.resourceTypes;
  }

  private parse(body: string): PatrolMessage {
    const { resourceTypes, regions } = this.parts.policy;
    const parsed = patrolMessageSchema.safeParse(jsonOf(body));
    if (!parsed.success) {
      const where = parsed.error.issues.map(({ path }) => path.join('.') || 'the whole').join(', ');
      throw new UnusablePatrolMessageError(
        `The message is no patrol of a known version: malformed at ${where}.`,
      );
    }
    const { region, from } = parsed.data;
    const types = this.typesOf(parsed.data);
    if (!regions.includes(region)) {
      throw new UnusablePatrolMessageError(`The policy does not watch the Region ${region}.`);
    }
    const unknown = [...types, from?.resourceType ?? types[0] ?? ''].find(
      (type) => !resourceTypes.includes(type) || !types.includes(type),
    );
    if (unknown === undefined) return parsed.data;
    throw new UnusablePatrolMessageError(`The patrol does not walk the type ${JSON.stringify(unknown)}.`);
  }

  /** Whether a later walk has begun of everything that this one is about: one that is never through must not go on beside it. */
  private async isOver(place: WatchedPlace, types: readonly string[], startedAt: string): Promise<boolean> {
    const known = await this.parts.coverage.read(place).catch(() => undefined);
    const own = Date.parse(startedAt);
    return types.every((type) => begunAt(known?.types[type]) > own);
  }

  /** Why there is nobody to walk; undefined where there is. The role of such an account is never assumed. */
  private async absence(accountId: string): Promise<string | undefined> {
    const account = (await this.parts.tree()).accounts.get(accountId);
    if (!account) return `Account ${accountId} is not in the organization.`;
    return account.closed ? `Account ${accountId} is closed or suspended.` : undefined;
  }
}

/** What a decision makes known. What waits without another message is noted once its own is sent. */
function answerOf(binding: Binding, at: string): { answer?: CoverageAnswer } {
  switch (binding.kind) {
    case 'begin': {
      const startedAt = binding.at.toISOString();
      return { answer: { startedAt, at, begun: binding.types, walkedAt: startedAt } };
    }
    case 'stood-for':
      return { answer: { startedAt: at, at, asked: binding.asked } };
    default:
      return {};
  }
}

function isSame(next: NonNullable<PatrolMessage['from']>, from: PatrolMessage['from']): boolean {
  return (
    next.token === (from?.token ?? null) && (from === undefined || next.resourceType === from.resourceType)
  );
}

function jsonOf(body: string): unknown {
  try {
    return JSON.parse(body);
  } catch (cause) {
    throw new UnusablePatrolMessageError('The message is not JSON.', { cause });
  }
}
