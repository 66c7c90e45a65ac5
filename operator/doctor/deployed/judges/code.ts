import { parsedJson } from '../../../../core/parsed-json';
import type { Check, Verdict } from '../../verdict';
import type { DeployedFacts, RuleFacts } from '../facts';
import { placesOf } from './places-of';
import { expectedIn } from './rules';

const check = 'function';

/** Whether the code that decides in an account is the hub's. Each rule names the digest of its code among its parameters. */
export const code: Check<DeployedFacts> = {
  name: check,
  judge: (facts) =>
    placesOf(facts).flatMap(({ place: { accountId, region, rules } }): Verdict[] => {
      // Unread and missing rules are told by another check.
      if ('unread' in rules) return [];
      const old = oldIn(region, rules.read, facts);
      const at = { check, accountId, region };
      if (old.length === 0)
        return rules.read.length === 0 ? [] : [{ ...at, condition: 'well', text: "the hub's" }];
      return [
        {
          ...at,
          condition: 'not well',
          text: `Another version than the hub's decides: ${old.join(', ')}.`,
          cure: { account: facts.hub.account, steps: [{ does: 'deploy' }] },
        },
      ];
    }),
};

function oldIn(region: string, found: readonly RuleFacts[], facts: DeployedFacts): string[] {
  return expectedIn(region, facts).flatMap(({ name, code: expected }) => {
    const rule = found.find((each) => each.name === name);
    if (rule === undefined || expected === undefined) return [];
    return codeOf(rule) === expected ? [] : [name];
  });
}

function codeOf({ parameters }: RuleFacts): unknown {
  const parsed = parsedJson(parameters);
  return typeof parsed === 'object' && parsed !== null && 'verdictCode' in parsed
    ? parsed.verdictCode
    : undefined;
}
