import type { Compliance } from '../core/evaluation';
import type { FindingMessage } from '../core/finding-message';
import type { RemediationReport } from '../core/report';

/** Where something happens: an account and a Region. */
export interface Place {
  accountId: string;
  region: string;
}

/** A resource somewhere in the sandbox's organization. */
export interface ResourcePlace extends Place {
  resourceType: string;
  resourceId: string;
}

/** What happened in the sandbox, for the view, the result and the tests. */
export type SandboxEvent =
  | ({ kind: 'deployed'; stackName: string } & Place)
  | { kind: 'account-created'; accountId: string; name: string }
  | { kind: 'account-moved'; accountId: string; destinationParentId: string }
  /** A successful call that changed a resource which AWS Config may record. */
  | ({ kind: 'changed'; operation: string; by: string } & ResourcePlace)
  /** AWS Config recorded a configuration item. */
  | ({ kind: 'item'; status: string } & ResourcePlace)
  | ({ kind: 'evaluated'; rule: string; compliance: Compliance; annotation?: string } & ResourcePlace)
  /** A message reached the remediation queue; `finding` is absent when the body is not a finding. */
  | { kind: 'queued'; queueName: string; body: string; finding?: FindingMessage }
  | ({
      kind: 'invoked';
      functionName: string;
      requestId: string;
      milliseconds: number;
      cold: boolean;
      error?: string;
    } & Place)
  | ({ kind: 'log'; functionName: string; requestId: string; line: string } & Place)
  /** A line of a REST API's access log. */
  | ({ kind: 'access-log'; logGroup: string; line: string } & Place)
  | ({ kind: 'assumed'; roleArn: string; by: string } & Place)
  /** Authorization refused a call, as AWS would. */
  | { kind: 'denied'; by: string; action: string; resource: string; reason: string }
  /** A stack of a stack set failed in a member, for AWS's reason. */
  | ({ kind: 'stack-failed'; stackSet: string; reason: string } & Place)
  /** Something that concerns nobody but who did it: a stranger's call that could not be answered. */
  | ({ kind: 'warning'; text: string } & Partial<Place>)
  | { kind: 'report'; report: RemediationReport }
  | {
      kind: 'compliance-change';
      rule: string;
      from?: string;
      to: string;
      accountId: string;
      region: string;
      resourceId: string;
    }
  /** A channel of Slack was told something; `edited` where a message says something else from now on. */
  | { kind: 'slack'; channel: string; text: string; blocks?: unknown; edited?: boolean };

/** An event with the time at which it happened, in milliseconds since the epoch. */
export type TimedEvent = SandboxEvent & { at: number };

/** Keeps every event of a run, and tells listeners as they happen. */
export class EventLog {
  readonly events: TimedEvent[] = [];
  private readonly listeners = new Set<(event: TimedEvent) => void>();

  /** Records an event that happens now. */
  emit(event: SandboxEvent): void {
    const timed: TimedEvent = { ...event, at: Date.now() };
    this.events.push(timed);
    for (const listener of this.listeners) listener(timed);
  }

  /** Calls `listener` for every event from now on; returns how to stop that. */
  listen(listener: (event: TimedEvent) => void): () => void {
    this.listeners.add(listener);
    return () => this.listeners.delete(listener);
  }
}
