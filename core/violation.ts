import type { JsonObject } from './json';

/** Every severity, the worst first. */
export const severities = ['critical', 'high', 'medium', 'low'] as const;

/** How bad it is when a control is violated. */
export type Severity = (typeof severities)[number];

/** One thing that is wrong with a resource. */
export interface Violation {
  /** Kind of the violation, for example `open-port`; each control lists its own. */
  kind: string;
  /** One sentence for people, without markup. May hold text from the resource: escape it where it is shown. */
  text: string;
  /** The details, for programs. */
  detail: JsonObject;
}
