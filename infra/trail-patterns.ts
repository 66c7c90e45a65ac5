import { Aws } from 'aws-cdk-lib';
import type { CustomControl } from '../controls/control';
import { probeForwardingRuleName } from '../core/names';
import { trailDetailType } from '../core/trail-call';
import { factsOf } from '../resources/resource-types';

/** How long an event pattern may be: https://docs.aws.amazon.com/eventbridge/latest/userguide/eb-quota.html */
export const longestPattern = 2_048;

/** `eventSource` of the calls of the doctor's probes. */
export const probeSource = 'events.amazonaws.com';

/** A pattern for calls that CloudTrail recorded. */
export interface TrailPattern {
  source: readonly string[];
  'detail-type': readonly string[];
  detail: Record<string, unknown>;
}

/** What a pattern for recorded calls asks for. */
export interface TrailPatternParts {
  /** `eventSource` of the calls: for example `s3.amazonaws.com`. */
  sources: readonly string[];
  /** Names of the events. */
  names: readonly string[];
  /** More of the event's `detail`. */
  detail?: Record<string, unknown>;
}

/** The resource types of controls, each once, with what CloudTrail records of them. */
export function typesWithTrail(controls: readonly CustomControl[]) {
  return [...new Set(controls.map(({ resourceType }) => resourceType))].map(factsOf);
}

/**
 * Patterns for calls that did not fail: several where the names are too many for one. A call's event comes from the service's
 * name behind `aws.`:
 * https://docs.aws.amazon.com/eventbridge/latest/userguide/eb-service-event-cloudtrail.html
 * @throws Error where one name alone makes a pattern too long
 */
export function trailPatterns({ sources, names, detail = {} }: TrailPatternParts): TrailPattern[] {
  const patternOf = (eventName: readonly string[]): TrailPattern => ({
    source: sources.map(eventsSourceOf),
    'detail-type': [trailDetailType],
    detail: { eventSource: sources, eventName, errorCode: [{ exists: false }], ...detail },
  });
  const groups: string[][] = [];
  for (const name of names) {
    const longer = [...(groups.at(-1) ?? []), name];
    if (groups.length > 0 && patternSize(patternOf(longer)) <= longestPattern)
      groups[groups.length - 1] = longer;
    else groups.push([name]);
  }
  const patterns = groups.map(patternOf);
  const tooLong = patterns.find((pattern) => patternSize(pattern) > longestPattern);
  if (tooLong !== undefined)
    throw new Error(
      `EventBridge takes patterns of ${longestPattern} characters, and not ${JSON.stringify(tooLong)}`,
    );
  return patterns;
}

/**
 * A pattern for the calls of the doctor's probes: they enable the very rule that has this pattern.
 * @param caller more of the event's `detail`
 */
export function probePattern(caller: Record<string, unknown> = {}): TrailPattern {
  return {
    source: [eventsSourceOf(probeSource)],
    'detail-type': [trailDetailType],
    detail: {
      eventSource: [probeSource],
      eventName: ['EnableRule'],
      errorCode: [{ exists: false }],
      requestParameters: { name: [probeForwardingRuleName] },
      ...caller,
    },
  };
}

/** `aws.s3` for `s3.amazonaws.com`. */
export function eventsSourceOf(eventSource: string): string {
  return `aws.${eventSource.replace(/\.amazonaws\.com$/, '')}`;
}

/** The name of one of several rules that one could not hold: the first has the bare name. */
export function nameOfPart(name: string, index: number): string {
  return index === 0 ? name : `${name}-${index + 1}`;
}

/** Characters of a pattern, as EventBridge gets it: with an account's twelve digits. */
function patternSize(pattern: TrailPattern): number {
  return JSON.stringify(pattern).replaceAll(Aws.ACCOUNT_ID, '0'.repeat(12)).length;
}
