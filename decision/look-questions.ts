import { watchesManagement } from '../config/target';
import { cut } from '../core/cut';
import type { Look } from './facts';
import { fullReason, placesHeld } from './open-findings';
import type { Question } from './question';
import { recorded } from './question';
import { verdictOnResult } from './result-verdict';
import { triesQuestion } from './tries-question';

/** Whether the account has a place for one more open finding. */
export const placeQuestion: Question = {
  name: 'place',
  ask({ needsPlace, openFindings, policy, ruling }) {
    if (!needsPlace) return { answer: 'It has its place among the open findings of the account.' };
    if (openFindings === undefined) return { needs: 'openFindings' };
    const { openFindings: limit } = policy.limits;
    const accountId = ruling.place[0] ?? '';
    return openFindings < limit
      ? { answer: `The account has a place for it: the policy allows ${limit} open findings.` }
      : recorded(placesHeld(accountId, limit), fullReason(accountId, limit));
  },
};

/** What comes before the resource counts: may it be looked at, and what is there? */
export const lookQuestions: readonly Question[] = [
  {
    name: 'region',
    ask({ region, policy }) {
      if (region === undefined) return { answer: 'No resource is meant, so any Region of the policy.' };
      const reason = unwatchedRegion(region, policy.regions);
      return reason === undefined
        ? { answer: `The policy watches ${region}.` }
        : recorded({ state: 'given-up', reason });
    },
  },
  {
    name: 'target',
    ask({ watched, policy, ruling }) {
      if (ruling.place[0] === policy.organization.managementAccount && !watchesManagement(policy)) {
        const reason = 'It is the management account, which Staunch does not watch.';
        return recorded({ state: 'given-up', reason });
      }
      if (watched === undefined)
        return {
          answer:
            'It is not known whether rules run in the account: the deployed policy does not hold its targets. A file of the policy does.',
        };
      return watched
        ? { answer: 'Rules run in the account.' }
        : recorded({
            state: 'given-up',
            reason: 'The account lies under none of the targets, so nothing watches it.',
          });
    },
  },
  {
    name: 'record',
    ask({ unreadableRecord }) {
      if (unreadableRecord === undefined)
        return { answer: 'Nothing says that its record cannot be understood.' };
      const reason = `Its record cannot be understood, so nothing is changed: ${unreadableRecord}`;
      return recorded({ state: 'failed', reason });
    },
  },
  placeQuestion,
  triesQuestion,
  {
    name: 'look',
    ask({ look, ruling }) {
      if (!look) return { needs: 'look' };
      switch (look.outcome) {
        case 'planned':
          return { answer: plannedAnswer(look) };
        case 'refused':
          if (look.unreachable !== undefined) break;
          return { answer: `It is dangerous, and cannot be fixed: ${look.reason ?? ''}`.trim() };
        case 'already-compliant':
          // Without the policy nobody knows by which parameters it complies.
          if (ruling.flag === undefined) return recorded(unresolvedFlag(ruling.decidedBy));
          return recorded({ state: 'already-compliant' }, 'It complies.');
        case 'gone':
          return recorded({ state: 'gone' }, 'It does not exist.');
        case 'fixed': {
          const reason = 'The remediation function changed something when it was asked only to plan.';
          return recorded({ state: 'failed', reason });
        }
      }
      const verdict = verdictOnResult(look);
      return recorded(verdict, `It cannot be looked at: ${verdict.reason ?? ''}`.trim());
    },
  },
];

/** Why nothing is looked at in a Region; undefined where the policy watches it. */
export function unwatchedRegion(region: string, watched: readonly string[]): string | undefined {
  if (watched.includes(region)) return undefined;
  return `The Region ${JSON.stringify(cut(region, 128))} is not watched; the policy names ${watched.join(', ')}.`;
}

/** The verdict where the account's flag cannot be told. */
export function unresolvedFlag(why: string) {
  return {
    state: 'failed',
    reason: `Nothing was changed, because the account's flag cannot be resolved: ${why}`,
  } as const;
}

function plannedAnswer({ assumed, plan }: Look): string {
  const loss = plan?.lossy ? ' The plan also takes something harmless.' : '';
  if (!assumed) return `It is dangerous, and there is a plan to fix it.${loss}`;
  return plan
    ? `Nobody looks now: it is taken to be dangerous, with the plan that was seen last.${loss}`
    : 'Nobody looks now: it is taken to be dangerous, with a plan that takes nothing harmless.';
}
