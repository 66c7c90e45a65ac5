import type { JsonObject } from './json';

/** How bad it is when a control is violated. */
export type Severity = 'critical' | 'high' | 'medium' | 'low';

/** One thing that is wrong with a resource. */
export interface Violation {
  /** Kind of the violation, for example `open-port`; each control lists its own. */
  kind: string;
  /** One sentence for people, without markup. May hold text from the resource: escape it where it is shown. */
  text: string;
  /** The details, for programs. */
  detail: JsonObject;
}
