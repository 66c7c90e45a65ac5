import type { CustomControl } from '../../../controls/control';
import { RefusedError, ResourceInputError } from '../../../core/errors';
import { asWrite } from '../../../resources/kit/aws-error';
import {
  ChangedMeanwhileError,
  LossyOnlyError,
  TornReadingError,
} from '../../../resources/kit/live-resource';
import { awsError, close, control, type Doors, dangerous, planOf, World } from './support/doors';

describe('applyFix', () => {
  it('makes the plan, reads again and only then calls it fixed; it says what it made and what it left', async () => {
    const world = new World(['a!', 'b', 'c!']);
    expect(await world.fix()).toEqual({
      version: 2,
      outcome: 'fixed',
      violations: [
        { kind: 'open', text: 'a!', detail: {} },
        { kind: 'open', text: 'c!', detail: {} },
      ],
      plan: planOf(['a!', 'c!']),
      state: ['b'],
      applied: 2,
      step: { made: [close('a!'), close('c!')] },
    });
    expect([world.doors, world.reads]).toEqual([['b'], 2]);
  });

  it('changes nothing the second time', async () => {
    const world = new World(['a!']);
    const planned = [...world.doors];
    await world.fix();
    expect(await world.fix({ planned })).toEqual({
      version: 2,
      outcome: 'already-compliant',
      violations: [],
      state: [],
      applied: 0,
    });
    expect(world.applications).toBe(1);
  });

  it('says gone, not fixed, of a resource that does not exist', async () => {
    const world = new World([]);
    world.seen = () => 'gone';
    expect(await world.fix()).toEqual({ version: 2, outcome: 'gone', violations: [], applied: 0 });
  });

  it('says gone of a resource that is deleted between reading and writing', async () => {
    const world = new World(['a!']);
    world.before = () => {
      world.doors = [];
      world.seen = () => 'gone';
    };
    expect(await world.fix()).toEqual({
      version: 2,
      outcome: 'gone',
      violations: [],
      applied: 0,
      step: { made: [] },
    });
  });

  it('says until when the resource is exempt, as its owners wrote it', async () => {
    const world = new World(['b']);
    world.read = async () => ({ resource: ['b'], before: ['b'], exemptUntil: '2027-03-01' });
    expect(await world.fix()).toMatchObject({ exemptUntil: '2027-03-01' });
  });

  describe('when the resource is not any more as it was planned from', () => {
    it('writes nothing, and says how it is now', async () => {
      const world = new World(['a!', 'b!']);
      expect(await world.fix({ planned: ['a!'] })).toEqual({
        version: 2,
        outcome: 'changed',
        violations: [
          { kind: 'open', text: 'a!', detail: {} },
          { kind: 'open', text: 'b!', detail: {} },
        ],
        plan: planOf(['a!', 'b!']),
        state: ['a!', 'b!'],
        look: {
          state: ['a!', 'b!'],
          violations: [
            { kind: 'open', text: 'a!', detail: {} },
            { kind: 'open', text: 'b!', detail: {} },
          ],
          plan: planOf(['a!', 'b!']),
        },
        applied: 0,
        reason: 'The resource is not any more as it was when it was planned.',
      });
      expect([world.applications, world.doors]).toEqual([0, ['a!', 'b!']]);
    });

    it('does so also where only something harmless is new', async () => {
      const world = new World(['a!', 'b']);
      expect(await world.fix({ planned: ['a!'] })).toMatchObject({ outcome: 'changed', applied: 0 });
      expect(world.applications).toBe(0);
    });

    it('does not mind in what order AWS lists it', async () => {
      const world = new World(['b', 'a!']);
      expect(await world.fix({ planned: ['a!', 'b'] })).toMatchObject({ outcome: 'fixed', applied: 1 });
    });

    it('has nothing to do where it complies by then', async () => {
      const world = new World(['b']);
      expect(await world.fix({ planned: ['a!', 'b'] })).toMatchObject({ outcome: 'already-compliant' });
      expect(world.applications).toBe(0);
    });
  });

  it('says how it is now when somebody else was faster than the write, so that it is planned anew', async () => {
    const world = new World(['a!', 'b!']);
    world.before = (application) => {
      if (application === 1) world.doors = ['b!', 'c!', 'd'];
    };
    const result = await world.fix();
    expect(result).toMatchObject({
      outcome: 'changed',
      applied: 0,
      step: { made: [] },
      look: { state: ['b!', 'c!', 'd'], plan: planOf(['b!', 'c!']) },
    });
    expect(result.reason).toContain('Somebody else changed the resource: a! is closed already.');
    expect(world.applications).toBe(1);
    expect(await world.fix()).toMatchObject({ outcome: 'fixed', applied: 2, state: ['d'] });
  });

  it('says what it made before somebody else was faster', async () => {
    const world = new World(['a!', 'b!']);
    world.before = (application) => {
      if (application === 1) world.doors = ['a!', 'c!'];
    };
    expect(await world.fix()).toMatchObject({
      outcome: 'changed',
      applied: 1,
      step: { made: [close('a!')] },
      look: { state: ['c!'], plan: planOf(['c!']) },
    });
  });

  it('says that it was somebody else who closed the last door', async () => {
    const world = new World(['a!']);
    world.before = () => {
      world.doors = [];
    };
    expect(await world.fix()).toEqual({
      version: 2,
      outcome: 'already-compliant',
      violations: [],
      state: [],
      applied: 0,
      step: { made: [] },
    });
  });

  it('reports a half application as failed, with what it made, and no look that another round could trust', async () => {
    const half = new World(['a!', 'b!']);
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
      step: { made: [close('a!')] },
    });
    expect(first).not.toHaveProperty('look');
    const world = new World(half.doors);
    expect(await world.fix()).toMatchObject({ outcome: 'fixed', applied: 1, plan: planOf(['b!']) });
  });

  it('says of a step that AWS refused that nothing of it was made', async () => {
    const denied = new World(['a!']);
    denied.apply = () => asWrite(Promise.reject(awsError('AccessDenied')));
    expect(await denied.fix()).toMatchObject({ outcome: 'failed', applied: 0, step: { made: [] } });
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
      look: { state: ['a!'], plan: planOf(['a!']) },
    });
    expect(world.pauses).toEqual([250, 1_000]);
  });

  it('refuses where AWS and the evaluation disagree, and writes nothing', async () => {
    const world = new World(['a!']);
    const evaluate = () => {
      throw new RefusedError('AWS says otherwise.');
    };
    expect(await world.fix({ control: { ...control, evaluate } })).toEqual({
      version: 2,
      outcome: 'refused',
      violations: [],
      state: ['a!'],
      applied: 0,
      reason: 'AWS says otherwise.',
    });
    expect([world.reads, world.applications]).toEqual([3, 0]);
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

  it('fails, to be tried again, when AWS contradicts itself while somebody else is writing', async () => {
    const world = new World(['a!']);
    world.apply = async () => {
      world.applications++;
      throw new ChangedMeanwhileError('S3 is busy.');
    };
    const lagging: CustomControl<Doors> = {
      ...control,
      evaluate: (doors, parameters) => {
        if (world.applications > 0) throw new RefusedError('AWS says otherwise.');
        return control.evaluate(doors, parameters);
      },
    };
    expect(await world.fix({ control: lagging })).toMatchObject({
      outcome: 'failed',
      applied: 0,
      reason: 'AWS says otherwise.',
    });
  });

  it('refuses, and never calls compliant, what is undecided also when it is read live', async () => {
    const undecided = { ...control, undecided: () => 'One door cannot be seen.' };
    expect(await new World(['b']).fix({ control: undecided })).toMatchObject({
      outcome: 'refused',
      applied: 0,
      reason: 'One door cannot be seen.',
    });
    const half = new World(['a!', 'b']);
    expect(await half.fix({ control: undecided })).toMatchObject({ outcome: 'failed', applied: 1 });
    expect(await half.fix({ control: undecided })).toMatchObject({ outcome: 'refused', applied: 0 });
  });

  it('says what is wrong with a resource for which it refuses to plan', async () => {
    const plan = () => {
      throw new RefusedError('It cannot be written back.');
    };
    const world = new World(['a!']);
    expect(await world.fix({ control: { ...control, plan } })).toMatchObject({
      outcome: 'refused',
      violations: [{ text: 'a!' }],
      reason: 'It cannot be written back.',
    });
    expect(world.applications).toBe(0);
  });

  it('refuses what it cannot understand, and what it cannot apply', async () => {
    const world = new World(['a!']);
    world.read = () => Promise.reject(new ResourceInputError('The policy is not JSON.'));
    expect(await world.fix()).toMatchObject({ outcome: 'refused', reason: 'The policy is not JSON.' });
    const foreign = new World(['a!']);
    foreign.apply = () => Promise.reject(new RefusedError('That is no change of a door.'));
    expect(await foreign.fix()).toMatchObject({ outcome: 'refused', applied: 0 });
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

  it('fails, and writes nothing, while a reading stays torn', async () => {
    const world = new World(['a!']);
    world.read = () => Promise.reject(new TornReadingError('AWS answers other rules.'));
    expect(await world.fix()).toEqual({
      version: 2,
      outcome: 'failed',
      violations: [],
      applied: 0,
      reason: 'AWS answers other rules.',
    });
    expect(world.applications).toBe(0);
  });

  describe('when the answer to a write is lost', () => {
    const lost = () => Object.assign(new Error('socket hang up'), { name: 'TimeoutError' });
    const answerIsLost = (world: World, isMade: boolean) => {
      world.apply = async () => {
        if (isMade) world.doors = world.doors.filter((door) => !door.endsWith('!'));
        await asWrite(Promise.reject(lost()));
      };
    };

    it('calls a resource that complies then fixed, with what was wrong, what it did, and what it left', async () => {
      const world = new World(['a!', 'b']);
      answerIsLost(world, true);
      expect(await world.fix()).toEqual({
        version: 2,
        outcome: 'fixed',
        violations: [{ kind: 'open', text: 'a!', detail: {} }],
        plan: planOf(['a!']),
        state: ['b'],
        applied: 0,
        step: { made: [], unsure: true },
        reason:
          "It complies after a write whose answer was lost: Staunch's own write did it, as far as can be told.",
      });
    });

    it('does so too when the SDK asked again, and AWS found it done already', async () => {
      const world = new World(['a!']);
      world.apply = async () => {
        world.doors = [];
        const again = Object.assign(awsError('InvalidPermission.NotFound'), { $metadata: { attempts: 2 } });
        const cause = await asWrite(Promise.reject(again)).catch((error: unknown) => error);
        throw new ChangedMeanwhileError('a rule is not there any more.', { cause });
      };
      expect(await world.fix()).toMatchObject({
        outcome: 'fixed',
        plan: planOf(['a!']),
        step: { made: [], unsure: true },
      });
    });

    it('says that it may have written when the resource does not comply, or cannot be read', async () => {
      const dangerousStill = new World(['a!']);
      answerIsLost(dangerousStill, false);
      expect(await dangerousStill.fix()).toMatchObject({
        outcome: 'failed',
        applied: 0,
        mayHaveWritten: true,
        errorCode: 'TimeoutError',
        step: { made: [], unsure: true },
      });
      const unread = new World(['a!']);
      answerIsLost(unread, true);
      const read = unread.read.bind(unread);
      unread.read = () => (unread.reads === 0 ? read() : Promise.reject(awsError('AbortError')));
      expect(await unread.fix()).toMatchObject({
        outcome: 'failed',
        mayHaveWritten: true,
        step: { made: [], unsure: true },
      });
    });

    it('does not say so of a write that AWS refused', async () => {
      const world = new World(['a!']);
      world.apply = () => asWrite(Promise.reject(awsError('AccessDenied')));
      const result = await world.fix();
      expect(result).not.toHaveProperty('mayHaveWritten');
      expect(result.step).toEqual({ made: [] });
    });
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

    it('answers with that plan, and the state that it is made from, for approval', async () => {
      const world = noRoom(new World(['a!']));
      expect(await world.fix()).toMatchObject({
        outcome: 'planned',
        applied: 0,
        reason: 'No room.',
        plan: { lossy: true, losses: ['A harmless door goes too.'] },
        state: ['a!'],
        step: { made: [] },
      });
      expect(world.doors).toEqual(['a!']);
    });

    it('applies that plan where lossy ones are allowed', async () => {
      const world = noRoom(new World(['a!']));
      expect(await world.fix({ applyLossy: true })).toMatchObject({
        outcome: 'fixed',
        plan: { lossy: true },
        step: { made: [close('a!')] },
      });
    });

    it('applies a lossy plan that was asked for, as it is', async () => {
      const world = new World(['a!']);
      const lossy = { ...control, plan: (doors: Doors) => planOf(dangerous(doors), true) };
      const { plan } = await world.plan({ control: lossy });
      expect(plan?.lossy).toBe(true);
      expect(await world.fix({ control: lossy })).toMatchObject({ outcome: 'fixed' });
    });

    it('refuses where AWS does not take the lossy plan either', async () => {
      const world = new World(['a!']);
      world.apply = () => Promise.reject(new LossyOnlyError('No room.', planOf(['a!'], true)));
      expect(await world.fix({ applyLossy: true })).toMatchObject({ outcome: 'refused', reason: 'No room.' });
    });

    it('fails, as the rest needs an approval of its own, where a part was made before', async () => {
      const world = new World(['a!', 'b!']);
      world.apply = async (plan, _reading, onApplied) => {
        onApplied(plan.changes.slice(0, 1));
        throw new LossyOnlyError('No room.', planOf(['b!'], true));
      };
      const result = await world.fix();
      expect(result).toMatchObject({ outcome: 'failed', applied: 1, plan: { lossy: true } });
      expect(result.reason).toContain('the rest needs another approval');
    });
  });
});
