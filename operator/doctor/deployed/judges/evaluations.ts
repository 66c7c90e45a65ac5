import { type Cure, callsIn } from '../../cure';
import type { Check, Verdict } from '../../verdict';
import type { DeployedFacts, ExpectedRule, PlaceFacts, RuleFacts } from '../facts';
import { placesOf } from './places-of';
import { expectedIn } from './rules';

const check = 'evaluations';

/**
 * AWS Config evaluates a periodic rule once a day unless told otherwise; twice that is late:
 * https://docs.aws.amazon.com/config/latest/developerguide/evaluate-config_components.html
 */
const latestMilliseconds = 2 * 24 * 60 * 60_000;

/** Whether the rules that are there were evaluated lately, and without an error. */
export const evaluations: Check<DeployedFacts> = {
  name: check,
  judge: (facts) =>
    placesOf(facts)
      .filter(({ account }) => account.recorder !== 'none')
      // Unread and missing rules are told by another check.
      .flatMap(({ place }) =>
        'read' in place.rules && place.rules.read.length > 0
          ? [verdictOn(place, place.rules.read, facts)]
          : [],
      ),
};

function verdictOn(
  { accountId, region }: PlaceFacts,
  found: readonly RuleFacts[],
  facts: DeployedFacts,
): Verdict {
  const at = { check, accountId, region };
  const expected = expectedIn(region, facts).filter(({ name }) => found.some((rule) => rule.name === name));
  const failing = found.find(({ failedAt = 0, succeededAt = 0 }) => failedAt > succeededAt);
  if (failing)
    return {
      ...at,
      condition: 'not well',
      text: `The evaluations of ${failing.name} fail.`,
      ...(failing.failure !== undefined && { said: failing.failure }),
      cure: evaluation(at, [failing.name]),
    };
  const late = lateOf(found, expected, facts.now);
  if (late.length > 0)
    return {
      ...at,
      condition: 'not well',
      text: `Not evaluated lately: ${late.join(', ')}.`,
      cure: evaluation(at, late),
    };
  return { ...at, condition: 'well', text: 'lately' };
}

/**
 * Periodic rules tell of themselves each day. One that waits for changes is evaluated only where there is a resource of its type; of none
 * at all in an account and Region it is not known whether they work.
 */
function lateOf(found: readonly RuleFacts[], expected: readonly ExpectedRule[], now: Date): string[] {
  const since = now.getTime() - latestMilliseconds;
  const times = new Map(found.map(({ name, succeededAt = 0 }) => [name, succeededAt]));
  const late = expected.filter(({ name, isPeriodic }) => isPeriodic && (times.get(name) ?? 0) < since);
  if (late.length > 0) return late.map(({ name }) => name);
  const isAny = expected.some(({ name }) => (times.get(name) ?? 0) > 0);
  return isAny ? [] : expected.map(({ name }) => name);
}

/** https://docs.aws.amazon.com/config/latest/APIReference/API_StartConfigRulesEvaluation.html */
function evaluation(
  { accountId, region }: { accountId: string; region: string },
  names: readonly string[],
): Cure {
  return callsIn(accountId, [
    {
      service: 'config-service',
      operation: 'StartConfigRulesEvaluation',
      region,
      input: { ConfigRuleNames: names },
    },
  ]);
}
