import type { Check, Verdict } from '../../verdict';
import type { DeployedFacts, ExpectedRule, PlaceFacts } from '../facts';
import { placesOf } from './places-of';

const check = 'rules';

/** Whether the rules are there. */
export const rules: Check<DeployedFacts> = {
  name: check,
  judge: (facts) =>
    placesOf(facts)
      .filter(({ account }) => account.recorder !== 'none')
      .map(({ place }) => verdictOn(place, facts)),
};

function verdictOn(place: PlaceFacts, facts: DeployedFacts): Verdict {
  const { accountId, region } = place;
  const { hub } = facts;
  const at = { check, accountId, region };
  if ('unread' in place.rules)
    return {
      ...at,
      condition: 'unknown',
      text: 'The rules cannot be read.',
      said: place.rules.unread,
      cure: { account: hub.account, steps: [{ does: 'ask again' }] },
    };
  const expected = expectedIn(region, facts);
  const found = place.rules.read;
  const missing = expected.filter(
    ({ name }) => !found.some((rule) => rule.name === name && rule.state === 'ACTIVE'),
  );
  if (missing.length > 0)
    return {
      ...at,
      condition: 'not well',
      text: `Missing: ${missing.map(({ name }) => name).join(', ')}.`,
      cure: { account: hub.account, steps: [{ does: 'deploy' }] },
    };
  return { ...at, condition: 'well', text: `${expected.length} there` };
}

/** The rules that should be in a Region. */
export function expectedIn(
  region: string,
  { rules: all, hub }: Pick<DeployedFacts, 'rules' | 'hub'>,
): ExpectedRule[] {
  return all.filter(({ homeOnly }) => !homeOnly || region === hub.region);
}
