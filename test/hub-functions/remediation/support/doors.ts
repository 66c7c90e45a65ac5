import * as z from 'zod/mini';
import type { CustomControl } from '../../../../controls/control';
import type { Change, Plan } from '../../../../core/plan';
import type { RemediationResult } from '../../../../core/remediation';
import { stateDigest } from '../../../../core/state-digest';
import { type ApplyTask, applyFix } from '../../../../hub-functions/remediation/apply';
import type { LookTask } from '../../../../hub-functions/remediation/look';
import { planFix } from '../../../../hub-functions/remediation/plan';
import {
  ChangedMeanwhileError,
  type LiveResource,
  settlesSoon,
} from '../../../../resources/kit/live-resource';

/** A resource that is a set of doors; the ones that end in `!` are dangerous. */
export type Doors = string[];

export const close = (door: string): Change => ({ action: 'close', text: `Close ${door}`, door });
export const planOf = (doors: Doors, lossy = false): Plan => ({
  changes: doors.map(close),
  lossy,
  losses: lossy ? ['A harmless door goes too.'] : [],
});
export const dangerous = (doors: Doors): Doors => doors.filter((door) => door.endsWith('!'));

/** A control over doors, all of whose functions are real enough to be wrong. */
export const control: CustomControl<Doors> = {
  kind: 'custom',
  id: 'doors',
  title: 'Doors',
  severity: 'high',
  resourceType: 'AWS::EC2::SecurityGroup',
  parameters: z.object({}),
  relevantChanges: [],
  fromConfigurationItem: () => [],
  evaluate: (doors) => {
    const violations = dangerous(doors).map((door) => ({ kind: 'open', text: door, detail: {} }));
    return { compliance: violations.length > 0 ? 'NON_COMPLIANT' : 'COMPLIANT', violations };
  },
  plan: (doors) => planOf(dangerous(doors)),
  fixPermissions: [],
};

/** AWS's refusal of a call. */
export function awsError(code: string): Error {
  return Object.assign(new Error('You may not.'), { name: code, $fault: 'client', $metadata: {} });
}

/** Doors as AWS would hold them; each test says what happens at which call. */
export class World implements LiveResource<Doors> {
  settling = settlesSoon;
  readonly pauses: number[] = [];
  reads = 0;
  applications = 0;
  /** Happens before the n-th application, from 1. */
  before: (application: number) => void = () => {};
  /** Decides what the n-th reading sees, from 1. */
  seen: (reading: number, doors: Doors) => Doors | 'gone' = (_reading, doors) => doors;
  /** Absent where a resource that complies has nothing left to change. */
  complete?: NonNullable<LiveResource['complete']>;

  constructor(public doors: Doors) {}

  async read() {
    this.reads++;
    const doors = this.seen(this.reads, [...this.doors]);
    return doors === 'gone' ? ('gone' as const) : { resource: doors, before: doors };
  }

  async apply(plan: Plan, _reading: unknown, onApplied: (changes: Plan['changes']) => void) {
    this.applications++;
    this.before(this.applications);
    for (const change of plan.changes) {
      const { door } = change;
      if (!this.doors.includes(String(door))) throw new ChangedMeanwhileError(`${door} is closed already.`);
      this.doors = this.doors.filter((each) => each !== door);
      onApplied([change]);
    }
  }

  async applyUndo() {}

  close() {}

  plan(overrides: Partial<LookTask> = {}): Promise<RemediationResult> {
    return planFix({ ...this.task(), ...overrides });
  }

  /** Has the plan made that the doors of `planned` ask for; by default those which there are now. */
  fix(overrides: Partial<ApplyTask> & { planned?: Doors } = {}): Promise<RemediationResult> {
    const { planned = [...this.doors], ...more } = overrides;
    const fix = { plan: planOf(dangerous(planned)), state: stateDigest(planned) };
    return applyFix({ ...this.task(), fix, applyLossy: false, unfinished: [], ...more });
  }

  /** Has earlier steps completed, without a plan. */
  completeOnly(...unfinished: ApplyTask['unfinished']): Promise<RemediationResult> {
    return applyFix({ ...this.task(), applyLossy: false, unfinished });
  }

  private task(): LookTask {
    return {
      control,
      parameters: {},
      live: this,
      pause: async (milliseconds) => {
        this.pauses.push(milliseconds);
      },
    };
  }
}
