import * as z from 'zod/mini';
import type { Json } from '../../../contract/json';
import type { RemediationResult } from '../../../contract/remediation';
import { type CustomControl, type Plan, RefusedError, ResourceInputError } from '../../../controls/control';
import type { StepResult } from '../../../controls/resources/undo';
import { asWrite } from '../../../hub-functions/remediation/aws-error';
import {
  ChangedMeanwhileError,
  type LiveResource,
  LossyOnlyError,
  TornReadingError,
} from '../../../hub-functions/remediation/live-resource';
import { type RemediationTask, remediate } from '../../../hub-functions/remediation/remediate';

/** A resource that is a set of doors; the ones that end in `!` are dangerous. */
type Doors = string[];

const close = (door: string) => ({ action: 'close', text: `Close ${door}`, door });
const planOf = (doors: Doors, lossy = false): Plan => ({
  changes: doors.map(close),
  lossy,
  losses: lossy ? ['A harmless door goes too.'] : [],
});
const dangerous = (doors: Doors): Doors => doors.filter((door) => door.endsWith('!'));

/** A control over doors, all of whose functions are real enough to be wrong. */
const control: CustomControl<Doors> = {
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
  readPermissions: [],
  fixPermissions: [],
};

/** Doors as AWS would hold them; each test says what happens at which call. */
class World implements LiveResource<Doors> {
  readonly saved: Json[] = [];
  readonly savedAfter: Json[] = [];
  readonly results: StepResult[] = [];
  readonly pauses: number[] = [];
  reads = 0;
  applications = 0;
  /** Happens before the n-th application, from 1. */
  before: (application: number) => void = () => {};
  /** Decides what the n-th reading sees, from 1. */
  seen: (reading: number, doors: Doors) => Doors | 'gone' = (_reading, doors) => doors;

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

  async complete(..._left: Parameters<NonNullable<LiveResource['complete']>>) {}

  async applyUndo() {}

  close() {}

  fix(overrides: Partial<RemediationTask> = {}): Promise<RemediationResult> {
    return remediate({
      control,
      parameters: {},
      mode: 'apply',
      applyLossy: false,
      live: this,
      saveStep: async ({ before }) => {
        this.saved.push(before);
      },
      saveResult: async (result) => {
        this.results.push(result);
      },
      saveAfter: async (after) => {
        this.savedAfter.push(after);
      },
      stopped: async () => undefined,
      unfinished: async () => undefined,
      pause: async (milliseconds) => {
        this.pauses.push(milliseconds);
      },
      ...overrides,
    });
  }
}

function awsError(code: string): Error {
  return Object.assign(new Error('You may not.'), { name: code, $fault: 'client', $metadata: {} });
}

describe('remediate', () => {
  it('saves, applies, reads again and only then calls it fixed', async () => {
    const world = new World(['a!', 'b', 'c!']);
    const result = await world.fix();
    expect(result).toMatchObject({ outcome: 'fixed', applied: 2, plan: planOf(['a!', 'c!']) });
    expect(result.violations.map(({ text }) => text)).toEqual(['a!', 'c!']);
    expect(world.doors).toEqual(['b']);
    expect(world.saved).toEqual([['a!', 'b', 'c!']]);
    expect(world.savedAfter).toEqual([['b']]);
    expect(world.reads).toBe(2);
  });

  it('makes the rest of an earlier attempt whole, though the resource complies, and then calls it fixed', async () => {
    const world = new World(['b']);
    const step = { before: ['a!', 'b'], changes: [close('a!')] };
    const completed: Json[] = [];
    world.complete = async ({ before, changes }, onApplied) => {
      completed.push(before);
      onApplied(changes);
    };
    const result = await world.fix({ unfinished: async () => step });
    expect(result).toMatchObject({ outcome: 'fixed', applied: 1, plan: { changes: step.changes } });
    expect([completed, world.savedAfter]).toEqual([[['a!', 'b']], [['b']]]);
    expect(await world.fix({ mode: 'plan', unfinished: async () => step })).toMatchObject({
      outcome: 'already-compliant',
    });
  });

  it('makes its own step whole when the resource complied before the step was through', async () => {
    const world = new World(['a!', 'b']);
    world.before = () => {
      world.doors = ['b'];
    };
    const completed: Json[] = [];
    world.complete = async ({ before }) => void completed.push(before);
    expect(await world.fix()).toMatchObject({ outcome: 'already-compliant', applied: 0 });
    expect(completed).toEqual([['a!', 'b']]);
  });

  it('says what stopped it when the rest cannot be made', async () => {
    const unfinished = async () => ({ before: [], changes: [close('a!')] });
    const denied = new World(['b']);
    denied.complete = () => Promise.reject(awsError('AccessDenied'));
    expect(await denied.fix({ unfinished })).toMatchObject({ outcome: 'failed', errorCode: 'AccessDenied' });
    const busy = new World(['b']);
    busy.complete = () => Promise.reject(new ChangedMeanwhileError('S3 is busy.'));
    expect(await busy.fix({ unfinished })).toMatchObject({ outcome: 'changed' });
  });

  it('changes nothing the second time', async () => {
    const world = new World(['a!']);
    await world.fix();
    const again = await world.fix();
    expect(again).toEqual({ version: 1, outcome: 'already-compliant', violations: [], applied: 0 });
    expect([world.applications, world.saved.length]).toEqual([1, 1]);
  });

  it('only plans when it is only asked to plan', async () => {
    const world = new World(['a!']);
    const result = await world.fix({ mode: 'plan' });
    expect(result).toMatchObject({ outcome: 'planned', applied: 0, plan: planOf(['a!']) });
    expect([world.applications, world.saved]).toEqual([0, []]);
  });

  it('says gone, not fixed, of a resource that does not exist', async () => {
    const world = new World([]);
    world.seen = () => 'gone';
    expect(await world.fix()).toEqual({ version: 1, outcome: 'gone', violations: [], applied: 0 });
  });

  it('says gone of a resource that is deleted between reading and writing', async () => {
    const world = new World(['a!']);
    world.before = () => {
      world.doors = [];
      world.seen = () => 'gone';
    };
    expect(await world.fix()).toEqual({ version: 1, outcome: 'gone', violations: [], applied: 0 });
  });

  it('does not apply a lossy plan that nobody allowed', async () => {
    const world = new World(['a!']);
    const lossy = { ...control, plan: (doors: Doors) => planOf(dangerous(doors), true) };
    const result = await world.fix({ control: lossy });
    expect(result).toMatchObject({ outcome: 'planned', applied: 0, plan: { lossy: true } });
    expect(world.doors).toEqual(['a!']);
    expect(await world.fix({ control: lossy, applyLossy: true })).toMatchObject({
      outcome: 'fixed',
      applied: 1,
    });
  });

  it('reads and plans again when somebody else was faster', async () => {
    const world = new World(['a!', 'b!']);
    world.before = (application) => {
      if (application === 1) world.doors = ['b!', 'c!', 'd'];
    };
    const result = await world.fix();
    expect(result).toMatchObject({ outcome: 'fixed', applied: 2, plan: planOf(['b!', 'c!']) });
    expect(world.doors).toEqual(['d']);
  });

  it('says that it was somebody else who closed the last door', async () => {
    const world = new World(['a!']);
    world.before = () => {
      world.doors = [];
    };
    expect(await world.fix()).toMatchObject({ outcome: 'already-compliant', applied: 0 });
  });

  it('gives up, a bounded number of times later, when the resource keeps changing', async () => {
    const world = new World(['0!']);
    world.before = (application) => {
      world.doors = [`${application}!`];
    };
    const result = await world.fix();
    expect(result.outcome).toBe('changed');
    expect(result.reason).toContain('Somebody else kept changing the resource');
    expect(world.applications).toBe(3);
  });

  it('reports a half application as failed, and the next attempt completes it', async () => {
    const world = new World(['a!', 'b!']);
    const half = new World([]);
    Object.assign(half, { doors: world.doors });
    half.apply = async (plan, _reading, onApplied) => {
      half.doors = half.doors.slice(1);
      onApplied(plan.changes.slice(0, 1));
      throw awsError('AccessDenied');
    };
    const first = await half.fix();
    expect(first).toMatchObject({
      outcome: 'failed',
      applied: 1,
      errorCode: 'AccessDenied',
      plan: planOf(['a!', 'b!']),
    });
    world.doors = half.doors;
    expect(await world.fix()).toMatchObject({ outcome: 'fixed', applied: 1, plan: planOf(['b!']) });
  });

  it('looks again before it believes that a fix did not take', async () => {
    const world = new World(['a!']);
    world.seen = (reading, doors) => (reading <= 2 ? ['a!'] : doors);
    expect(await world.fix()).toMatchObject({ outcome: 'fixed', applied: 1 });
    expect(world.applications).toBe(1);
    expect(world.pauses).toEqual([250]);
  });

  it('does not call it fixed when the resource still does not comply', async () => {
    const world = new World(['a!']);
    world.apply = async (plan, _reading, onApplied) => onApplied(plan.changes);
    expect(await world.fix()).toMatchObject({
      outcome: 'failed',
      reason: 'The plan was applied, and the resource, read again, still does not comply.',
    });
  });

  it('changes nothing when the state before cannot be saved', async () => {
    const world = new World(['a!']);
    const saveStep = () => Promise.reject(awsError('ProvisionedThroughputExceededException'));
    const result = await world.fix({ saveStep });
    expect(result).toMatchObject({
      outcome: 'failed',
      applied: 0,
      errorCode: 'ProvisionedThroughputExceededException',
    });
    expect([world.applications, world.doors]).toEqual([0, ['a!']]);
  });

  it('refuses where AWS and the evaluation disagree, after looking again', async () => {
    const world = new World(['a!']);
    const disagree = {
      ...control,
      evaluate: () => {
        throw new RefusedError('AWS says otherwise.');
      },
    };
    expect(await world.fix({ control: disagree })).toEqual({
      version: 1,
      outcome: 'refused',
      violations: [],
      applied: 0,
      reason: 'AWS says otherwise.',
    });
    expect([world.reads, world.applications, world.saved]).toEqual([3, 0, []]);
  });

  it('fails, to be tried again, when AWS contradicts itself right after the write', async () => {
    const world = new World(['a!']);
    const lagging: CustomControl<Doors> = {
      ...control,
      evaluate: (doors, parameters) => {
        if (world.applications > 0) throw new RefusedError('AWS says otherwise.');
        return control.evaluate(doors, parameters);
      },
    };
    expect(await world.fix({ control: lagging })).toMatchObject({
      outcome: 'failed',
      applied: 1,
      reason: 'AWS says otherwise.',
    });
    expect(await world.fix()).toMatchObject({ outcome: 'already-compliant' });
  });

  it('refuses, and never calls compliant, what is undecided also when it is read live', async () => {
    const world = new World(['b']);
    const undecided = { ...control, undecided: () => 'One door cannot be seen.' };
    for (const mode of ['plan', 'apply'] as const) {
      expect(await world.fix({ control: undecided, mode })).toMatchObject({
        outcome: 'refused',
        applied: 0,
        reason: 'One door cannot be seen.',
      });
    }
    const half = new World(['a!', 'b']);
    expect(await half.fix({ control: undecided })).toMatchObject({ outcome: 'failed', applied: 1 });
    expect(await half.fix({ control: undecided })).toMatchObject({ outcome: 'refused', applied: 0 });
  });

  it('says what is wrong with a resource for which it refuses to plan', async () => {
    const plan = () => {
      throw new RefusedError('It cannot be written back.');
    };
    expect(await new World(['a!']).fix({ control: { ...control, plan } })).toMatchObject({
      outcome: 'refused',
      violations: [{ text: 'a!' }],
      reason: 'It cannot be written back.',
    });
  });

  it('refuses, and changes nothing, when the state before can never be saved', async () => {
    const world = new World(['a!']);
    const saveStep = () => Promise.reject(new RefusedError('It is too large.'));
    expect(await world.fix({ saveStep })).toMatchObject({ outcome: 'refused', applied: 0 });
    expect(world.doors).toEqual(['a!']);
  });

  it('goes on when the disagreement was only a torn reading', async () => {
    const world = new World(['a!']);
    let calls = 0;
    const torn: CustomControl<Doors> = {
      ...control,
      evaluate: (doors, parameters) => {
        if (++calls === 1) throw new RefusedError('AWS says otherwise.');
        return control.evaluate(doors, parameters);
      },
    };
    expect(await world.fix({ control: torn })).toMatchObject({ outcome: 'fixed' });
  });

  it('refuses what it cannot understand, and what it knows no change for', async () => {
    const world = new World(['a!']);
    world.read = () => Promise.reject(new ResourceInputError('The policy is not JSON.'));
    expect(await world.fix()).toMatchObject({ outcome: 'refused', reason: 'The policy is not JSON.' });
    const helpless = { ...control, plan: () => planOf([]) };
    expect(await new World(['a!']).fix({ control: helpless })).toMatchObject({
      outcome: 'refused',
      applied: 0,
    });
  });

  it('fails with the code when AWS refuses to let it read', async () => {
    const world = new World(['a!']);
    world.read = () => Promise.reject(awsError('UnauthorizedOperation'));
    expect(await world.fix()).toMatchObject({
      outcome: 'failed',
      applied: 0,
      errorCode: 'UnauthorizedOperation',
    });
  });

  it('says that it ran out of time', async () => {
    const world = new World(['a!']);
    world.read = () => Promise.reject(Object.assign(new Error('Request aborted'), { name: 'AbortError' }));
    expect(await world.fix()).toMatchObject({ outcome: 'failed', reason: 'The function ran out of time.' });
  });

  it('saves what came of each step: all of it, a part of it, nothing of it', async () => {
    const whole = new World(['a!', 'b!']);
    await whole.fix();
    expect(whole.results).toEqual([{ made: [close('a!'), close('b!')] }]);
    const half = new World(['a!', 'b!']);
    half.before = (application) => {
      if (application === 1) half.doors = ['a!'];
    };
    await half.fix();
    expect(half.results[0]).toEqual({ made: [close('a!')] });
    const denied = new World(['a!']);
    denied.apply = () => asWrite(Promise.reject(awsError('AccessDenied')));
    await denied.fix();
    expect(denied.results).toEqual([{ made: [] }]);
    const stopped = new World(['a!']);
    await stopped.fix({ stopped: async () => 'The stop switch is on.' });
    expect(stopped.results).toEqual([{ made: [] }]);
  });

  it('saves another step for what it makes whole, with what the step had met', async () => {
    const world = new World(['b']);
    const step = { before: ['a!', 'b'], changes: [close('a!')] };
    world.complete = async ({ changes }, onApplied) => onApplied(changes);
    await world.fix({ unfinished: async () => step });
    expect([world.saved, world.results]).toEqual([[['a!', 'b']], [{ made: [close('a!')] }]]);
  });

  describe('when the answer to a write is lost', () => {
    const lost = () => Object.assign(new Error('socket hang up'), { name: 'TimeoutError' });
    const answerIsLost = (world: World, isMade: boolean) => {
      world.apply = async () => {
        if (isMade) world.doors = world.doors.filter((door) => !door.endsWith('!'));
        await asWrite(Promise.reject(lost()));
      };
    };

    it('calls a resource that complies then fixed, with what was wrong and what it did, and saves what it left', async () => {
      const world = new World(['a!', 'b']);
      answerIsLost(world, true);
      expect(await world.fix()).toEqual({
        version: 1,
        outcome: 'fixed',
        violations: [{ kind: 'open', text: 'a!', detail: {} }],
        plan: planOf(['a!']),
        applied: 0,
        reason:
          "It complies after a write whose answer was lost: Staunch's own write did it, as far as can be told.",
      });
      expect([world.savedAfter, world.results[0]]).toEqual([[['b']], { made: [], unsure: true }]);
    });

    it('does so too when the SDK asked again, and AWS found it done already', async () => {
      const world = new World(['a!']);
      world.apply = async () => {
        world.doors = [];
        const again = Object.assign(awsError('InvalidPermission.NotFound'), { $metadata: { attempts: 2 } });
        const cause = await asWrite(Promise.reject(again)).catch((error: unknown) => error);
        throw new ChangedMeanwhileError('a rule is not there any more.', { cause });
      };
      expect(await world.fix()).toMatchObject({ outcome: 'fixed', plan: planOf(['a!']) });
    });

    it('says that it may have written when the resource does not comply, or cannot be read', async () => {
      const dangerous = new World(['a!']);
      answerIsLost(dangerous, false);
      expect(await dangerous.fix()).toMatchObject({
        outcome: 'failed',
        applied: 0,
        mayHaveWritten: true,
        errorCode: 'TimeoutError',
      });
      const unread = new World(['a!']);
      answerIsLost(unread, true);
      const read = unread.read.bind(unread);
      unread.read = () => (unread.reads === 0 ? read() : Promise.reject(awsError('AbortError')));
      expect(await unread.fix()).toMatchObject({ outcome: 'failed', mayHaveWritten: true });
    });

    it('does not say so of a write that AWS refused', async () => {
      const world = new World(['a!']);
      world.apply = () => asWrite(Promise.reject(awsError('AccessDenied')));
      expect(await world.fix()).not.toHaveProperty('mayHaveWritten');
    });
  });

  it('reads again, and saves nothing, while a reading is torn; where it stays so, another attempt may see more', async () => {
    const world = new World(['a!']);
    const read = world.read.bind(world);
    let torn = 2;
    world.read = async () => {
      if (torn-- > 0) throw new TornReadingError('AWS answers other rules.');
      return read();
    };
    expect(await world.fix()).toMatchObject({ outcome: 'fixed' });
    expect([world.saved, world.pauses]).toEqual([[['a!']], [250, 1_000]]);
    const lasting = new World(['a!']);
    lasting.read = () => Promise.reject(new TornReadingError('AWS answers other rules.'));
    expect(await lasting.fix()).toEqual({
      version: 1,
      outcome: 'failed',
      violations: [],
      applied: 0,
      reason: 'AWS answers other rules.',
    });
    expect(lasting.saved).toEqual([]);
  });

  describe('when AWS allows only a lossy plan', () => {
    const noRoom = (world: World): World => {
      const apply = world.apply.bind(world);
      world.apply = (plan, reading, onApplied) =>
        plan.lossy
          ? apply(plan, reading, onApplied)
          : Promise.reject(new LossyOnlyError('No room.', { ...planOf(['a!'], true) }));
      return world;
    };

    it('answers with that plan, for approval', async () => {
      const world = noRoom(new World(['a!']));
      expect(await world.fix()).toMatchObject({
        outcome: 'planned',
        applied: 0,
        reason: 'No room.',
        plan: { lossy: true, losses: ['A harmless door goes too.'] },
      });
      expect(world.doors).toEqual(['a!']);
    });

    it('applies that plan where lossy ones are allowed', async () => {
      const world = noRoom(new World(['a!']));
      expect(await world.fix({ applyLossy: true })).toMatchObject({
        outcome: 'fixed',
        plan: { lossy: true },
      });
    });
  });
});
