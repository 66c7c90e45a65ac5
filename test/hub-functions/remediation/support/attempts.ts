import type { CustomControl } from '../../../../controls/control';
import type { FindingIdentity } from '../../../../core/finding';
import type { Change } from '../../../../core/plan';
import type { DangerousLook, RemediationResult } from '../../../../core/remediation';
import { stateDigest } from '../../../../core/state-digest';
import { Saving } from '../../../../hub-functions/coordinator/attempt/saving';
import { applyFix } from '../../../../hub-functions/remediation/apply';
import { planFix } from '../../../../hub-functions/remediation/plan';
import { undo } from '../../../../hub-functions/remediation/undo';
import type { SavedPut } from '../../../../ledger/saved/saved-states';
import type { LiveResource } from '../../../../resources/kit/live-resource';
import type { PlanUndo } from '../../../../resources/kit/undo';
import { MemorySavedStates } from './memory-saved-states';

/** The resource whose fixes are tried, and how it is judged and reached. */
export interface Tried {
  control: CustomControl;
  parameters: unknown;
  planUndo: PlanUndo;
  live: LiveResource;
}

/** What an attempt came to, with all that its rounds have made. */
export type Attempted = RemediationResult & { made: Change[] };

const maximumRounds = 3;
const now = () => new Date('2026-11-23T10:00:00.000Z');
const pause = async () => {};
const finding: FindingIdentity = {
  accountId: '111122223333',
  region: 'eu-west-1',
  control: 'any',
  resourceType: 'AWS::S3::Bucket',
  resourceId: 'any',
};

/**
 * Attempts at one finding as the coordinator drives them, from the plan to what is saved, without a ledger, a policy or
 * limits.
 */
export class Attempts {
  readonly saved = new MemorySavedStates();
  private attempt = 0;

  /** Plans, and makes the plan where it is not lossy or lossy ones are allowed. */
  async fix({ live, control, parameters }: Tried, applyLossy = false): Promise<Attempted> {
    const saving = this.saving();
    const { unfinished } = await saving.load();
    const made: Change[] = [];
    const apply = async (look?: DangerousLook) => {
      const steps = await saving.begin(
        look && { before: look.state, changes: look.plan.changes },
        async (puts) => {
          for (const { Put: put } of puts) if (put) await this.saved.save(put as SavedPut);
        },
      );
      const answer = await applyFix({
        ...{ live, control, parameters, pause, applyLossy },
        ...(look && { fix: { plan: look.plan, state: stateDigest(look.state), before: look.state } }),
        unfinished: steps.unfinished.map(({ step }) => step),
      });
      saving.end(steps, answer);
      made.push(...(answer.step?.made ?? []), ...(answer.completed ?? []).flatMap((each) => each.made));
      if (answer.outcome === 'fixed') saving.verified(answer.state);
      await saving.flush();
      return answer;
    };
    let answer = await planFix({ live, control, parameters, pause });
    if (answer.outcome === 'already-compliant' && unfinished) return { ...(await apply()), made };
    const { plan, state, violations } = answer;
    let look = plan && state !== undefined ? { plan, state, violations } : undefined;
    for (let round = 1; look && round <= maximumRounds; round += 1) {
      if (look.plan.lossy && !applyLossy) break;
      answer = await apply(look);
      look = answer.mayHaveWritten ? undefined : answer.look;
    }
    return { ...answer, made };
  }

  /** Undoes what the attempts have made. @throws when nothing was ever saved */
  async undo({ live, control, parameters, planUndo }: Tried): Promise<RemediationResult> {
    const history = await this.saved.history();
    if (!history) throw new Error('No fix of it was ever begun.');
    this.attempt += 1;
    const answer = await undo({ live, control, parameters, planUndo, pause, history });
    if (answer.outcome === 'undone') {
      await this.saved.saveUndone({ finding, occurrence: 1, attempt: this.attempt }, now());
    }
    return answer;
  }

  private saving(): Saving {
    this.attempt += 1;
    const log = { info() {}, warn() {}, error() {} };
    const parts = { savedStates: this.saved, log, now };
    return new Saving(parts, { identity: finding, occurrence: 1, attempt: this.attempt });
  }
}
