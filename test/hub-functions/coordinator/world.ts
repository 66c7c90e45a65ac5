import { randomUUID } from 'node:crypto';
import { EventBridgeClient, type PutEventsCommand } from '@aws-sdk/client-eventbridge';
import type { DynamoDBDocumentClient } from '@aws-sdk/lib-dynamodb';
import type { FindingIdentity } from '../../../core/finding';
import { type FindingEvent, findingEventDetailType } from '../../../core/finding-event';
import { type Notice, noticeDetailType } from '../../../core/notice';
import { isCarriedOut, type OrderAnswer, orderSchema, orderVersion } from '../../../core/order';
import type { RemediationResult } from '../../../core/remediation';
import type { RemediationReport } from '../../../core/report';
import { stateDigest } from '../../../core/state-digest';
import type { LostName } from '../../../decision/names-seen';
import { Gate } from '../../../hub-functions/coordinator/deciding/gate';
import { Coordinator } from '../../../hub-functions/coordinator/intake/coordinator';
import type { Answer } from '../../../hub-functions/coordinator/member/remediation-result';
import type { Assignment } from '../../../hub-functions/coordinator/member/remediator';
import { Orders } from '../../../hub-functions/coordinator/orders/orders';
import { NotNowError } from '../../../hub-functions/coordinator/orders/refused';
import { backoffMilliseconds } from '../../../hub-functions/coordinator/recording/backoff';
import { AccountProbes } from '../../../hub-functions/coordinator/sweep/account-probes';
import { PolicyWatch } from '../../../hub-functions/coordinator/sweep/policy-watch';
import { type SweepCounts, sweep } from '../../../hub-functions/coordinator/sweep/sweep';
import { Thawing } from '../../../hub-functions/coordinator/sweep/thawing';
import { Waking } from '../../../hub-functions/coordinator/sweep/waking';
import { BaselineDigests } from '../../../hub-functions/coordinator/telling/baseline-digests';
import { EndedLiftings } from '../../../hub-functions/coordinator/telling/ended-liftings';
import { EndedPauses } from '../../../hub-functions/coordinator/telling/ended-pauses';
import { ExemptionNotices } from '../../../hub-functions/coordinator/telling/exemption-notices';
import { FailureSummaries } from '../../../hub-functions/coordinator/telling/failure-summaries';
import { NameNotices } from '../../../hub-functions/coordinator/telling/name-notices';
import { Outbox, publishNotice } from '../../../hub-functions/coordinator/telling/outbox';
import { ProposalNotices } from '../../../hub-functions/coordinator/telling/proposal-notices';
import type { PlaceCoverage, WatchedPlace } from '../../../ledger/coverage/place-coverage';
import { Probes } from '../../../ledger/coverage/probes';
import { Exemptions } from '../../../ledger/findings/exemptions';
import { Ledger } from '../../../ledger/findings/ledger';
import { PolicyProgressStore } from '../../../ledger/findings/policy-progress';
import { TagSightings } from '../../../ledger/findings/tag-sightings';
import { Baselines } from '../../../ledger/limits/baselines';
import { FixLimits } from '../../../ledger/limits/fix-limits';
import { FrozenLists } from '../../../ledger/limits/frozen-lists';
import { LiftedLimitsStore } from '../../../ledger/limits/lifted-limits';
import { StopSwitch } from '../../../ledger/limits/stop-switch';
import { WaitingScopes } from '../../../ledger/limits/waiting-scopes';
import type { MemberRole } from '../../../ledger/limits/waits-for';
import { Proposals } from '../../../ledger/orders/proposals';
import {
  ClosedAccountError,
  closedAccount,
  UnknownAccountError,
  UnresolvedPlaceError,
} from '../../../ledger/organization/place-errors';
import { noNames, type PlaceNames } from '../../../ledger/organization/place-names';
import { UnreachableAccounts } from '../../../ledger/organization/unreachable-accounts';
import { SavedStates } from '../../../ledger/saved/saved-states';
import { KeyedReads } from '../../../ledger/table/keyed-reads';
import { Notices } from '../../../ledger/told/notices';
import { ToldFailures } from '../../../ledger/told/told-failures';
import { TestClock } from '../../support/clock';
import {
  accounts,
  answer,
  fixedState,
  mendedEvent,
  messageFor,
  testControl,
  testIdentity,
  testPlan,
  testPolicy,
  testState,
  testViolation,
} from '../../support/findings';
import { createLedgerTable, documentsOn } from '../../support/ledger-table';
import { MemoryTables } from '../../support/memory-documents';
import { VirtualPauses } from '../../support/virtual-pauses';

interface HeardEntry {
  Detail: string;
  DetailType: string;
}

/** To make a client takes longer than what a world does with it: each has a `send` of its own. */
const bus = new EventBridgeClient({ region: 'eu-west-1' });

/** What one invocation of the coordinator has left; as in Lambda it is plenty at the start. */
const plenty = () => 180_000;

/** An assignment of one mode. */
type AssignmentTo<Mode extends Assignment['mode']> = Extract<Assignment, { mode: Mode }>;

/**
 * A hub around a real ledger: one security group that is open or not, a bus that keeps what it takes, and a clock. The
 * remediation function is played by `remediate`, which a test may replace.
 */
export class World {
  readonly clock = new TestClock();
  readonly reports: RemediationReport[] = [];
  readonly notices: Notice[] = [];
  /** Changes of findings' states, as the bus took them. */
  readonly events: FindingEvent[] = [];
  /** What the patrol was asked to walk: accounts, Regions and types. */
  readonly patrols: [string, string, string][] = [];
  /** Where CloudTrail was seen to record calls. */
  readonly trailsSeen: WatchedPlace[] = [];
  /** What the account lies under, the nearest first. */
  path = [{ id: 'r-root' }];
  /** The same as AWS Organizations would say right now, where the kept tree is behind. */
  freshPath: { id: string }[] | undefined;
  /** Accounts for which AWS Organizations does not answer. */
  untold: string[] = [];
  /** Names in the policy that the organization does not have. */
  missing: { key: string; source: string }[] = [];
  /** Names in the policy that what they mean does not bear any more. */
  lost: LostName[] = [];
  /** How many of the next reads of the stop switch by the coordinator fail. */
  failingSwitchReads = 0;
  /** How many of the next questions of AWS Organizations about names fail. */
  failingNameReads = 0;
  readonly asked: Assignment[] = [];
  readonly logged: { message: string; details: Record<string, unknown> }[] = [];
  /** Whether the security group is open to the internet; undefined when it is gone. */
  open: boolean | undefined = true;
  /** Whether the bus takes events. */
  busDown = false;
  /** Whether the bus refuses one entry of a call, and takes the others. */
  busRefuses: (detailType: string, detail: unknown) => boolean = () => false;
  /** How many calls put something on the bus. */
  putCalls = 0;
  /** Happens instead of an order's pause of so many milliseconds. */
  whilePausing: (milliseconds: number) => void = () => {};
  /** Whether the closed resource is as the fix left it. */
  fixStands = true;
  /** Until when the first patrol of every place went on; undefined while it goes on. */
  firstOverAt: string | undefined = '2026-11-01T00:00:00.000Z';
  /** Since when every place is watched. */
  watchedSince = '2026-11-01T00:00:00.000Z';
  controls = [testControl];
  members: string[] = Object.values(accounts);
  /** Accounts that are closed or suspended. */
  closed: string[] = [];
  organizationDown = false;
  /** What accounts and units are called. */
  names = async (): Promise<PlaceNames> => noNames;
  policy = testPolicy;
  remediate = async (assignment: Assignment): Promise<Answer> => this.play(assignment);
  /** What STS says when the sweep tries a role again. */
  tryRole = async (_accountId: string, _role: MemberRole): Promise<void> => {};
  /** The pauses between tries. */
  readonly pauses = new VirtualPauses();
  random = (): number => 0.5;
  private holders = 0;
  private readonly bus: EventBridgeClient = Object.create(bus, {
    send: { value: async ({ input }: PutEventsCommand) => this.heard(input.Entries as HeardEntry[]) },
  });
  readonly ledger: Ledger;
  readonly savedStates: SavedStates;

  constructor(
    readonly documents: DynamoDBDocumentClient,
    readonly tableName = 'ledger',
    readonly savedTableName = `${tableName}-saved`,
  ) {
    this.ledger = new Ledger(documents, tableName);
    this.savedStates = new SavedStates(documents, savedTableName);
  }

  /** A world with tables of its own in an emulator. */
  static async on(endpoint: string, tableName: string): Promise<World> {
    const world = new World(documentsOn(endpoint), tableName);
    await Promise.all([tableName, world.savedTableName].map((name) => createLedgerTable(endpoint, name)));
    return world;
  }

  /** A world whose tables are in memory. */
  static inMemory(): { world: World; tables: MemoryTables } {
    const tables = new MemoryTables();
    return { world: new World(tables.documents()), tables };
  }

  /** A coordinator as a fresh invocation makes it; another document client can crash it. */
  coordinator(documents = this.documents): Coordinator {
    return new Coordinator(this.parts(documents));
  }

  /** The coordinator carries out an order, whoever gave it; one that has to wait is answered with why. */
  async order(order: object, documents = this.documents, remaining = plenty): Promise<OrderAnswer> {
    const { by } = { by: 'somebody', ...order };
    const at = this.clock.now().toISOString();
    const request = orderSchema.parse({ ...order, version: orderVersion, key: randomUUID() });
    if (!isCarriedOut(request)) throw new Error('The coordinator carries out no such order.');
    try {
      return await new Orders(this.parts(documents)).carryOut({ ...request, by, at }, remaining);
    } catch (error) {
      if (!(error instanceof NotNowError)) throw error;
      return { version: orderVersion, done: false, text: error.message };
    }
  }

  /** What production's handler puts together. */
  parts(documents = this.documents) {
    const { policy, tableName } = this;
    const { now } = this.clock;
    const ledger = new Ledger(documents, tableName);
    const log = (message: string, details: Record<string, unknown>) => this.logged.push({ message, details });
    const events = this.bus;
    const notices = new Notices(
      documents,
      tableName,
      (notice) => publishNotice(events, 'staunch', notice),
      undefined,
      this.names,
    );
    const stopSwitch = new StopSwitch(documents, tableName);
    const waiting = { pause: this.pauses.pause, random: () => this.random() };
    const keyedReads = new KeyedReads(documents, tableName, waiting);
    const fixLimits = new FixLimits(documents, tableName, waiting);
    const unreachableAccounts = new UnreachableAccounts(documents, tableName, backoffMilliseconds);
    const coverage = {
      read: async () => this.covered(),
      wanted: () => ({ keys: [], understood: () => this.covered() }),
    };
    const liftedLimits = new LiftedLimitsStore(documents, tableName);
    const namedPlaces = { policyNames: async () => ({ unresolved: this.missingNames(), lost: this.lost }) };
    return {
      ledger,
      keyedReads,
      exemptions: new Exemptions(documents, tableName),
      sightings: new TagSightings(documents, tableName),
      savedStates: new SavedStates(documents, this.savedTableName),
      waitingScopes: new WaitingScopes(documents, tableName),
      outbox: new Outbox(events, 'staunch', ledger),
      names: this.names,
      notices,
      stopSwitch,
      fixLimits,
      namedPlaces,
      unreachableAccounts,
      toldFailures: new ToldFailures(documents, tableName),
      progress: new PolicyProgressStore(documents, tableName),
      baselines: new Baselines(documents, tableName),
      frozenLists: new FrozenLists(documents, tableName),
      coverage,
      liftedLimits,
      gate: new Gate({
        policy,
        ledger,
        keyedReads: { read: (wants) => this.unlessFailing(() => keyedReads.read(wants)) },
        stopSwitch: {
          stops: () => this.unlessFailing(() => stopSwitch.stops()),
          wanted: (place) => stopSwitch.wanted(place),
        },
        coverage,
        liftedLimits,
        fixLimits,
        namedPlaces,
        unreachableAccounts,
        notices,
        now,
        ...waiting,
      }),
      remediate: (assignment: Assignment) => {
        this.asked.push(assignment);
        return this.remediate(assignment);
      },
      policy,
      organization: {
        place: async (accountId: string) => this.place(accountId, this.path),
        freshPlace: async (accountId: string) => this.place(accountId, this.freshPath ?? this.path),
      },
      findControl: (id: string) => this.controls.find((control) => control.id === id),
      controlsOf: (type: string) => this.controls.filter(({ resourceType }) => resourceType === type),
      askForPatrol: async (...place: [string, string, string]) => {
        this.patrols.push(place);
      },
      probes: new Probes(documents, tableName),
      trailsSeen: {
        note: async (place: WatchedPlace) => {
          this.trailsSeen.push(place);
        },
      },
      log: { info: log, warn: log, error: log },
      now,
      newHolder: () => `worker-${++this.holders}`,
      pause: async (milliseconds: number) => this.whilePausing(milliseconds),
      random: () => this.random(),
    };
  }

  /** What is known of the patrol's walks, wherever that is. */
  private covered(): PlaceCoverage {
    const { firstOverAt, watchedSince: since } = this;
    const walked = firstOverAt === undefined ? {} : { firstOverAt };
    const types = { [testIdentity.resourceType]: walked };
    return { accountId: accounts.on, region: testIdentity.region, since, types };
  }

  /** What the bus does with events. */
  private heard(entries: HeardEntry[]) {
    if (this.busDown) return { FailedEntryCount: 1, Entries: [{ ErrorCode: 'InternalFailure' }] };
    const answers = entries.map(({ Detail, DetailType }) => {
      const detail: unknown = JSON.parse(Detail);
      if (this.busRefuses(DetailType, detail)) return { ErrorCode: 'ThrottlingException' };
      this.heardOf(DetailType).push(detail);
      return { EventId: 'event' };
    });
    this.putCalls += 1;
    const FailedEntryCount = answers.filter((answer) => 'ErrorCode' in answer).length;
    return { FailedEntryCount, Entries: answers };
  }

  private heardOf(detailType: string): unknown[] {
    if (detailType === noticeDetailType) return this.notices;
    return detailType === findingEventDetailType ? this.events : this.reports;
  }

  private unlessFailing<Value>(read: () => Promise<Value>): Promise<Value> {
    if (this.failingSwitchReads <= 0) return read();
    this.failingSwitchReads -= 1;
    return Promise.reject(new Error('Throttled'));
  }

  private missingNames() {
    if (this.failingNameReads <= 0) return this.missing;
    this.failingNameReads -= 1;
    throw new UnresolvedPlaceError('AWS Organizations does not tell the names: slow down.');
  }

  private place(accountId: string, path: { id: string }[]) {
    if (this.untold.includes(accountId)) {
      throw new UnresolvedPlaceError(`AWS Organizations does not tell where ${accountId} lies: slow down.`);
    }
    if (this.closed.includes(accountId)) throw new ClosedAccountError(closedAccount(accountId));
    if (!this.members.includes(accountId)) throw new UnknownAccountError(`${accountId} is not there.`);
    return { accountId, path: this.organizationDown ? [] : path };
  }

  /** A message arrives. */
  receive(identity: FindingIdentity = testIdentity, documents = this.documents): Promise<void> {
    return this.coordinator(documents).receive(messageFor(identity), plenty);
  }

  /** AWS Config's word that the resource complies again, or is gone. */
  hearMended(identity: FindingIdentity = testIdentity): Promise<void> {
    return this.coordinator(this.documents).receive(mendedEvent(identity), plenty);
  }

  /** The schedule fires. */
  sweep(documents = this.documents, remaining = plenty): Promise<SweepCounts> {
    const { now } = this.clock;
    const parts = this.parts(documents);
    const { policy, ledger, notices, organization, progress, stopSwitch } = parts;
    return sweep(
      {
        ledger,
        coordinator: this.coordinator(documents),
        notices,
        waking: new Waking({ ...parts, now }),
        chores: [
          new AccountProbes({ ...parts, tryRole: this.tryRole, now }),
          new FailureSummaries(parts.toldFailures, notices, now),
          new NameNotices(parts.namedPlaces, notices, now),
          new EndedPauses(stopSwitch, notices, now),
          new ProposalNotices({ ...parts, proposals: new Proposals(documents, this.tableName), now }),
          new EndedLiftings(parts.liftedLimits, notices, now),
          new BaselineDigests({ ...parts, resourceTypes: [testIdentity.resourceType] }),
          new ExemptionNotices(policy, notices, now),
          new PolicyWatch({ policy, organization, ledger, progress, log: parts.log, now }),
          new Thawing(parts),
        ],
        log: parts.log,
        now,
      },
      remaining,
    );
  }

  /** The schedule fires for some minutes, until little backlog is known to be little. */
  async sweepOut(): Promise<void> {
    for (let minutes = 0; minutes < 6; minutes += 1) {
      this.clock.advance({ minutes: 1 });
      await this.sweep();
    }
  }

  latest(identity: FindingIdentity = testIdentity) {
    return this.ledger.latest(identity);
  }

  /** `mode`s that were asked of the remediation function, in order. */
  get modes(): string[] {
    return this.asked.map(({ mode }) => mode);
  }

  /** What was handed over to be applied. */
  get applies(): AssignmentTo<'apply'>[] {
    return this.asked.filter((assignment) => assignment.mode === 'apply');
  }

  /** The resource as it is read. */
  get state() {
    return { ...(this.open ? testState : fixedState), ...(!this.fixStands && { changed: true }) };
  }

  /** What a remediation function does to the one security group. */
  play(assignment: Assignment): RemediationResult {
    if (this.open === undefined) return answer('gone');
    switch (assignment.mode) {
      case 'plan':
        return answer(this.open ? 'planned' : 'already-compliant', { state: this.state });
      case 'apply':
        return this.playApply(assignment);
      case 'undo':
        this.open = true;
        return answer('undone', { state: this.state, given: testPlan.changes, applied: 1 });
    }
  }

  private playApply({ fix, unfinished }: AssignmentTo<'apply'>): RemediationResult {
    if (this.open && fix?.state !== stateDigest(this.state)) {
      return answer('changed', { reason: 'It is another one by now.', state: this.state, look: this.look });
    }
    if (!this.open && unfinished.length === 0) return answer('already-compliant', { state: this.state });
    const step = this.open && fix && { made: fix.plan.changes };
    const completed = unfinished.map(({ changes }) => ({ made: [...changes] }));
    const made = [...(step ? [step] : []), ...completed].flatMap((result) => result.made);
    this.open = false;
    const { step: _step, ...fixed } = answer('fixed', { state: this.state, applied: made.length });
    return {
      ...fixed,
      ...(fix && { plan: fix.plan }),
      ...(step && { step }),
      ...(completed.length > 0 && { completed }),
    };
  }

  /** How the dangerous resource is seen. */
  get look() {
    return { state: this.state, violations: [testViolation], plan: testPlan };
  }
}
