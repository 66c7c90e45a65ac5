import type { Place } from '../../events';
import type { EventEnvelope, EventRule } from './definitions';
import { compileEventPattern } from './pattern';

/** ARN of an event bus. */
export function busArn(place: Place, name: string): string {
  return `arn:aws:events:${place.region}:${place.accountId}:event-bus/${name}`;
}

/** The place in an ARN, `arn:aws:SERVICE:REGION:ACCOUNT:…`. */
export function placeOf(arn: string): Place {
  const [, , , region = '', accountId = ''] = arn.split(':');
  return { accountId, region };
}

interface KnownRule {
  rule: EventRule;
  matches: (event: Record<string, unknown>) => boolean;
}

/** The event buses of every account and Region, and the rules on them. Each place has a bus `default` from the start. */
export class Buses {
  private readonly names = new Set<string>();
  private readonly rules = new Map<string, KnownRule>();

  /** Creates a bus. */
  create(place: Place, name: string): void {
    this.names.add(busArn(place, name));
  }

  /** Deletes a bus. */
  delete(place: Place, name: string): void {
    this.names.delete(busArn(place, name));
  }

  /** Whether there is a bus with this ARN. */
  has(arn: string): boolean {
    return arn.endsWith(':event-bus/default') || this.names.has(arn);
  }

  /**
   * Creates a rule, or replaces the one with the same ARN.
   * @throws InvalidEventPatternError, UnsupportedError for its pattern.
   */
  put(rule: EventRule): void {
    const matches = rule.eventPattern === undefined ? () => false : compileEventPattern(rule.eventPattern);
    this.rules.set(rule.arn, { rule, matches });
  }

  /** Deletes the rule with this ARN. */
  drop(ruleArn: string): void {
    this.rules.delete(ruleArn);
  }

  /** The rules on a bus. */
  rulesOn(arn: string): EventRule[] {
    return [...this.rules.values()].flatMap(({ rule }) =>
      busArn(rule, rule.eventBusName) === arn ? [rule] : [],
    );
  }

  /** The enabled rules on a bus that an event matches. */
  matching(arn: string, event: EventEnvelope): EventRule[] {
    return [...this.rules.values()]
      .filter(({ rule }) => rule.enabled && busArn(rule, rule.eventBusName) === arn)
      .filter(({ matches }) => matches({ ...event }))
      .map(({ rule }) => rule);
  }
}
