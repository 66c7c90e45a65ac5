import type { ServiceName } from './aws/service-error';
import type { Fault } from './fault';
import type { Invocation } from './invocation';

/** One call of a service. */
export interface Call {
  /** In the order in which calls are made, from 1. */
  number: number;
  service: ServiceName;
  /** For example `PutCommand`, without `Command`. */
  command: string;
  input: object;
  invocation: Invocation;
  /** What went wrong with it. */
  fault?: Fault;
  /** Whether it reached the service. */
  isPerformed: boolean;
  /** Its answer, where the service gave one, whether or not anybody received it. */
  answer?: unknown;
  /** The service's own refusal. */
  refusal?: unknown;
}
