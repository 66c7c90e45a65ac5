import { callsIn } from '../../cure';
import type { Check, Verdict } from '../../verdict';
import type { DeployedFacts, PlaceFacts } from '../facts';
import { placesOf } from './places-of';

const check = 'trail';

/**
 * Whether what CloudTrail records reaches the hub: a trail logs, and the rules that forward are there. An organization in which none logs
 * anywhere does without them; where some do, one that does not is a gap.
 */
export const trail: Check<DeployedFacts> = {
  name: check,
  judge(facts) {
    const places = placesOf(facts);
    const isChosen = !places.some(({ place: { trail: logging } }) => 'read' in logging && logging.read);
    return places.map(({ place }) => verdictOn(place, facts, isChosen));
  },
};

function verdictOn(
  place: PlaceFacts,
  { hub, managementAccount, forwardingRules }: DeployedFacts,
  isChosen: boolean,
): Verdict {
  const { accountId, region, forwarding, trail: logging } = place;
  const at = { check, accountId, region };
  for (const part of [forwarding, logging])
    if ('unread' in part)
      return {
        ...at,
        condition: 'unknown',
        text: 'The trail, or what forwards its events, cannot be read.',
        said: part.unread,
        cure: { account: hub.account, steps: [{ does: 'ask again' }] },
      };
  const rules = 'read' in forwarding ? forwarding.read : new Map<string, boolean>();
  const missing = forwardingRules.filter((name) => !rules.has(name));
  if (missing.length > 0)
    return {
      ...at,
      condition: 'not well',
      text: `Missing: ${missing.join(', ')}.`,
      cure: { account: hub.account, steps: [{ does: 'deploy' }] },
    };
  const disabled = forwardingRules.filter((name) => rules.get(name) === false);
  if (disabled.length > 0)
    return {
      ...at,
      condition: 'not well',
      text: `Disabled: ${disabled.join(', ')}.`,
      cure: callsIn(
        accountId,
        disabled.map((Name) => ({
          service: 'eventbridge',
          operation: 'EnableRule',
          region,
          input: { Name },
        })),
      ),
    };
  if ('read' in logging && !logging.read)
    return {
      ...at,
      condition: isChosen ? 'notice' : 'not well',
      text: 'No CloudTrail trail logs: AWS Config and the patrol alone find what is open, later.',
      cure: { account: managementAccount, steps: [{ does: 'ask before' }] },
    };
  return { ...at, condition: 'well', text: 'logs, and is forwarded' };
}
