import { type Clock, pause } from '../../clock';
import type { EventLog, Place, ResourcePlace } from '../../events';
import { ConfigError } from './config-error';
import { type ConfigurationItem, isLive, type RecordedItem } from './configuration-item';
import { ended, nextItem } from './next-item';
import type { PendingWork } from './pending-work';
import { type Aspects, bothOf, type RecordedType, type Touch } from './recorded-type';

/** A configuration recorder, as its template describes it. */
export interface RecorderSettings {
  name: string;
  roleArn: string;
  resourceTypes: string[];
  allSupported: boolean;
  /** Default: continuous. A daily recorder records here as a continuous one does. */
  frequency?: 'CONTINUOUS' | 'DAILY';
}

interface ResourceState {
  resource: ResourcePlace;
  items: RecordedItem[];
  /** What has to be read again; undefined when nothing waits. */
  waiting?: Aspects;
  reading: boolean;
}

/** When a recorder reads what changed. */
export interface ItemDelay {
  /** Milliseconds from a change to the reading of the resource. */
  milliseconds: number;
  /** Aborted when nothing waits any more. */
  stopped: AbortSignal;
}

/**
 * The configuration recorders of every account and Region, and every item they recorded. The items of one resource are
 * made one after the other, so that they are in order; changes that come before it is read are read together.
 */
export class Recorder {
  private readonly settings = new Map<string, RecorderSettings>();
  private readonly recording = new Set<string>();
  private readonly resources = new Map<string, ResourceState>();

  constructor(
    private readonly types: readonly RecordedType[],
    private readonly work: PendingWork,
    private readonly log: EventLog,
    private readonly clock: Clock,
    private readonly delay: ItemDelay,
    private readonly onItem: (recorded: RecordedItem, place: Place) => void,
  ) {}

  /**
   * Creates or updates the recorder of a place.
   * @throws ConfigError where a recorder of another name is there: an account may have one in a Region.
   *   https://docs.aws.amazon.com/config/latest/APIReference/API_PutConfigurationRecorder.html
   */
  put(place: Place, settings: RecorderSettings): void {
    const existing = this.settings.get(placeKey(place));
    if (existing !== undefined && existing.name !== settings.name) {
      throw new ConfigError(
        'MaxNumberOfConfigurationRecordersExceededException',
        `Failed to put configuration recorder '${settings.name}' because the maximum number of configuration recorders: 1 is reached.`,
      );
    }
    this.settings.set(placeKey(place), settings);
    if (!this.recording.has(placeKey(place))) return;
    for (const state of this.statesIn(place)) {
      const last = state.items.at(-1)?.item;
      if (last && isLive(last) && !this.records(place, last.resourceType)) {
        this.record(state, ended(state.resource, last, 'ResourceNotRecorded', this.clock.now()));
      }
    }
    this.discover(place);
  }

  /** Recording starts once there is a delivery channel; what exists already is discovered. */
  start(place: Place): void {
    this.recording.add(placeKey(place));
    this.discover(place);
  }

  /** Deletes the recorder of a place: nothing is recorded any more. */
  delete(place: Place): void {
    this.settings.delete(placeKey(place));
    this.recording.delete(placeKey(place));
  }

  /** Recording stops, as when a recorder is stopped. */
  stop(place: Place): void {
    this.recording.delete(placeKey(place));
  }

  settingsOf(place: Place): RecorderSettings | undefined {
    return this.settings.get(placeKey(place));
  }

  /** Where an account has a recorder. */
  placesOf(accountId: string): Place[] {
    return [...this.settings.keys()].flatMap((key) => {
      const [account, region = ''] = key.split('/');
      return account === accountId ? [{ accountId, region }] : [];
    });
  }

  isRecording(place: Place): boolean {
    return this.recording.has(placeKey(place));
  }

  /** Records how a resource is now, if a recorder records its type there. */
  touch({ aspects, ...resource }: Touch): void {
    if (!this.records(resource, resource.resourceType)) return;
    const state = this.stateOf(resource);
    state.waiting = bothOf(state.waiting, aspects);
    if (state.reading) return;
    state.reading = true;
    this.work.run(() => this.read(state));
  }

  /** Every item of a resource, oldest first. */
  history(resource: ResourcePlace): RecordedItem[] {
    return this.resources.get(resourceKey(resource))?.items ?? [];
  }

  /** The last items of the resources of a place that exist and are recorded, of one type or of all. */
  latest(place: Place, resourceType?: string): ConfigurationItem[] {
    return this.statesIn(place).flatMap(({ items }) => {
      const item = items.at(-1)?.item;
      return item && isLive(item) && (resourceType ?? item.resourceType) === item.resourceType ? [item] : [];
    });
  }

  private records(place: Place, resourceType: string): boolean {
    const settings = this.settings.get(placeKey(place));
    if (settings === undefined || !this.recording.has(placeKey(place))) return false;
    return settings.allSupported || settings.resourceTypes.includes(resourceType);
  }

  private discover(place: Place): void {
    for (const type of this.types) {
      if (!this.records(place, type.resourceType)) continue;
      this.work.run(async () => {
        for (const resourceId of await type.list(place)) {
          const { accountId, region } = place;
          this.touch({
            accountId,
            region,
            resourceType: type.resourceType,
            resourceId,
            aspects: 'everything',
          });
        }
      });
    }
  }

  private async read(state: ResourceState): Promise<void> {
    try {
      const type = this.types.find(({ resourceType }) => resourceType === state.resource.resourceType);
      while (type && state.waiting !== undefined) {
        if (this.delay.milliseconds > 0) await pause(this.clock, this.delay.milliseconds, this.delay.stopped);
        if (this.delay.stopped.aborted) return;
        const aspects = state.waiting;
        delete state.waiting;
        const last = state.items.at(-1)?.item;
        const live = await type.read(state.resource, aspects, last && isLive(last) ? last : undefined);
        if (!this.records(state.resource, state.resource.resourceType)) return;
        const recorded = nextItem(state.resource, state.items.at(-1)?.item, live, this.clock.now());
        if (recorded) this.record(state, recorded);
      }
    } finally {
      state.reading = false;
    }
  }

  private record(state: ResourceState, recorded: RecordedItem): void {
    state.items.push(recorded);
    this.log.emit({ kind: 'item', status: recorded.item.configurationItemStatus, ...state.resource });
    this.onItem(recorded, state.resource);
  }

  private stateOf(resource: ResourcePlace): ResourceState {
    const key = resourceKey(resource);
    const known = this.resources.get(key);
    if (known) return known;
    const state: ResourceState = { resource, items: [], reading: false };
    this.resources.set(key, state);
    return state;
  }

  private statesIn(place: Place): ResourceState[] {
    return [...this.resources.values()].filter(
      ({ resource }) => resource.accountId === place.accountId && resource.region === place.region,
    );
  }
}

function placeKey(place: Place): string {
  return `${place.accountId}/${place.region}`;
}

function resourceKey(resource: ResourcePlace): string {
  return `${placeKey(resource)}/${resource.resourceType}/${resource.resourceId}`;
}
