import type { Detector } from '../../../../core/detector';
import { counted } from '../../../text/counted';
import type { Cure } from '../../cure';
import type { Check, Verdict } from '../../verdict';
import type { DeployedFacts, ProbeFacts } from '../facts';

/** The checks of the three detectors, as they are told. */
const checks: Readonly<Record<Detector, string>> = {
  rule: 'rule probe',
  trail: 'trail probe',
  patrol: 'patrol probe',
};

/** Whether a synthetic finding travels the whole way by a detector, and the coordinator recognizes it. */
export const probes: Check<Pick<DeployedFacts, 'probes' | 'hub'>> = {
  name: 'probes',
  judge({ probes: round, hub }) {
    if (round === undefined) return [];
    if ('read' in round) return round.read.map((probe) => verdictOn(probe, hub.account));
    return [
      {
        check: 'probes',
        condition: 'unknown',
        text: 'Whether findings reach the hub is not known: no probe could be sent.',
        said: round.unread,
        cure: {
          account: hub.account,
          says: 'The hub may be of another version than this command.',
          steps: [{ does: 'deploy' }],
        },
      },
    ];
  },
};

function verdictOn(probe: ProbeFacts, hubAccount: string): Verdict {
  const { accountId, region, detector, sent, milliseconds } = probe;
  const at = { check: checks[detector], accountId, region };
  if ('unread' in sent)
    return {
      ...at,
      condition: 'not well',
      text: notSent[detector],
      said: sent.unread,
      cure: { account: hubAccount, steps: [{ does: 'deploy' }] },
    };
  if (milliseconds === undefined)
    return { ...at, condition: 'not well', ...lateOf(detector, { hubAccount, accountId, region }) };
  return {
    ...at,
    condition: 'well',
    text: `arrived within ${counted(Math.ceil(milliseconds / 1_000), 'second')}`,
  };
}

const notSent: Readonly<Record<Detector, string>> = {
  rule: 'The rule function cannot send to the hub.',
  trail: 'The doctor may not make the call that the trail would record.',
  patrol: "The patrol's queue takes no probe.",
};

function lateOf(
  detector: Detector,
  { hubAccount, accountId, region }: { hubAccount: string; accountId: string; region: string },
): { text: string; cure: Cure } {
  switch (detector) {
    case 'trail':
      return {
        text: 'A call that the doctor made did not reach the hub: no trail records calls that write here, or what forwards them is refused.',
        cure: {
          account: hubAccount,
          says: 'A trail has to record management events that write, in this Region. Deploying restores what forwards them.',
          steps: [{ does: 'deploy' }],
        },
      };
    case 'rule':
      return {
        text: "The hub's queue took a probe of the rule function, and the coordinator did not see it in time.",
        cure: {
          account: hubAccount,
          says: 'The coordinator may have many messages before it. If it stays so, see the alarms of staunch-coordinator.',
          steps: [{ does: 'ask again' }],
        },
      };
    case 'patrol':
      return {
        text: 'The patrol did not come through here: its queue is full, or it cannot assume its role or read the trails.',
        cure: {
          account: hubAccount,
          says: 'The log of staunch-patrol-dispatcher says why.',
          steps: [{ does: 'patrol', account: accountId, region }],
        },
      };
  }
}
