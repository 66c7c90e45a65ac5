import type { PutEventsCommandInput } from '@aws-sdk/client-eventbridge';
import type { VirtualClock } from '../virtual-clock';
import type { Commands } from './commands';

/** An event that a bus took. */
export interface TakenEvent {
  busName: string;
  source: string;
  detailType: string;
  /** Parsed. */
  detail: unknown;
  /** When the bus took it. */
  at: Date;
}

/** EventBridge in memory: it keeps what it takes. */
export class EventBridge {
  readonly events: TakenEvent[] = [];
  /** Whether it takes nothing, though it answers. */
  isDown = false;

  constructor(private readonly clock: VirtualClock) {}

  /** What a client of EventBridge sends. https://docs.aws.amazon.com/eventbridge/latest/APIReference/API_PutEvents.html */
  readonly commands: Commands = {
    PutEvents: ({ Entries = [] }: PutEventsCommandInput) => {
      if (this.isDown) {
        const refused = Entries.map(() => ({ ErrorCode: 'InternalFailure', ErrorMessage: 'It is down.' }));
        return { FailedEntryCount: refused.length, Entries: refused };
      }
      const taken = Entries.map(
        ({ EventBusName = 'default', Source = '', DetailType = '', Detail = '' }) => ({
          busName: EventBusName,
          source: Source,
          detailType: DetailType,
          detail: JSON.parse(Detail) as unknown,
          at: this.clock.now(),
        }),
      );
      this.events.push(...taken);
      return { FailedEntryCount: 0, Entries: taken.map((_, index) => ({ EventId: `event-${index}` })) };
    },
  };
}
