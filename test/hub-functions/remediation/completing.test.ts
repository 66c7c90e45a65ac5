import type { FixStep } from '../../../core/fix-step';
import { asWrite } from '../../../resources/kit/aws-error';
import { ChangedMeanwhileError, StoppedError } from '../../../resources/kit/live-resource';
import { awsError, close, World } from './support/doors';

const stepOf = (door: string): FixStep => ({ before: [door, 'b'], changes: [close(door)] });
const steps = [stepOf('a!'), stepOf('c!')];

/** A world that makes each unfinished step whole, and remembers which. */
function completing(doors: string[]): { world: World; completed: FixStep[] } {
  const world = new World(doors);
  const completed: FixStep[] = [];
  world.complete = async (step, onApplied) => {
    completed.push(step);
    onApplied(step.changes);
  };
  return { world, completed };
}

const lost = () =>
  asWrite(Promise.reject(Object.assign(new Error('socket hang up'), { name: 'TimeoutError' })));

describe('steps that earlier attempts left unfinished', () => {
  it('are all made whole, though the resource complies, and only then it is called fixed', async () => {
    const { world, completed } = completing(['b']);
    expect(await world.completeOnly(...steps)).toEqual({
      version: 2,
      outcome: 'fixed',
      violations: [],
      state: ['b'],
      applied: 2,
      completed: [{ made: [close('a!')] }, { made: [close('c!')] }],
    });
    expect(completed).toEqual(steps);
    expect(world.reads).toBe(2);
  });

  it('are made whole after the own plan, which may be another one', async () => {
    const { world, completed } = completing(['d!']);
    expect(await world.fix({ unfinished: steps })).toMatchObject({
      outcome: 'fixed',
      applied: 3,
      step: { made: [close('d!')] },
      completed: [{ made: [close('a!')] }, { made: [close('c!')] }],
    });
    expect(completed).toEqual(steps);
  });

  it('are not touched while the resource is dangerous, and no plan is given', async () => {
    const { world, completed } = completing(['d!']);
    expect(await world.completeOnly(...steps)).toMatchObject({
      outcome: 'changed',
      applied: 0,
      reason: 'It is dangerous again.',
      look: { state: ['d!'] },
    });
    expect([completed, world.applications]).toEqual([[], 0]);
  });

  it('say nothing was changed where nothing was left of them', async () => {
    const { world } = completing(['b']);
    world.complete = async () => {};
    expect(await world.completeOnly(...steps)).toEqual({
      version: 2,
      outcome: 'already-compliant',
      violations: [],
      state: ['b'],
      applied: 0,
      completed: [{ made: [] }, { made: [] }],
    });
    expect(world.reads).toBe(1);
  });

  it('have nothing left where a resource that complies has nothing left to change', async () => {
    expect(await new World(['b']).completeOnly(...steps)).toMatchObject({ outcome: 'already-compliant' });
  });

  it.each([
    ['AWS denies it', awsError('AccessDenied'), { outcome: 'failed', errorCode: 'AccessDenied' }],
    ['somebody else is at work', new ChangedMeanwhileError('S3 is busy.'), { outcome: 'changed' }],
    ['the stop switch is on', new StoppedError('Staunch is paused.'), { outcome: 'stopped' }],
  ])('tell how far each came when %s half-way', async (_why, error, expected) => {
    const { world } = completing(['b']);
    world.complete = async (step, onApplied) => {
      if (step === steps[1]) throw error;
      onApplied(step.changes);
    };
    const result = await world.completeOnly(...steps, stepOf('e!'));
    expect(result).toMatchObject({ ...expected, applied: 1 });
    expect(result.completed).toEqual([{ made: [close('a!')] }, { made: [] }]);
    expect(result).not.toHaveProperty('mayHaveWritten');
  });

  it('are unsure where an answer is lost', async () => {
    const { world } = completing(['b']);
    world.complete = async (step, onApplied) => {
      if (step === steps[1]) await lost();
      onApplied(step.changes);
    };
    const result = await world.completeOnly(...steps);
    expect(result).toMatchObject({ outcome: 'failed', errorCode: 'TimeoutError', mayHaveWritten: true });
    expect(result.completed).toEqual([{ made: [close('a!')] }, { made: [], unsure: true }]);
  });

  it('are seen late: a danger that is an old sight is looked at again', async () => {
    const { world } = completing(['b']);
    world.seen = (reading, doors) => (reading === 2 ? ['a!'] : doors);
    expect(await world.completeOnly(...steps)).toMatchObject({ outcome: 'fixed', applied: 2 });
    expect(world.pauses).toEqual([250]);
  });

  it('are not called fixed where somebody made it dangerous again meanwhile', async () => {
    const { world } = completing(['b']);
    world.complete = async (step, onApplied) => {
      world.doors = ['x!'];
      onApplied(step.changes);
    };
    expect(await world.completeOnly(stepOf('a!'))).toMatchObject({
      outcome: 'changed',
      reason: 'Somebody else made it dangerous again meanwhile.',
      look: { state: ['x!'] },
      completed: [{ made: [close('a!')] }],
    });
  });
});

describe("an attempt's own step", () => {
  it('is made whole when the resource complied before the step was through', async () => {
    const { world, completed } = completing(['a!', 'b']);
    world.before = () => {
      world.doors = ['b'];
    };
    world.complete = async (step) => void completed.push(step);
    expect(await world.fix()).toMatchObject({ outcome: 'already-compliant', applied: 0, step: { made: [] } });
    expect(completed).toEqual([stepOf('a!')]);
  });

  it('says in one result what was made before and after', async () => {
    const { world } = completing(['a!', 'c!']);
    world.apply = async (plan, _reading, onApplied) => {
      onApplied(plan.changes.slice(0, 1));
      world.doors = [];
      await lost();
    };
    world.complete = async ({ changes }, onApplied) => onApplied(changes.slice(1));
    const result = await world.fix();
    expect(result).toMatchObject({ outcome: 'fixed', applied: 2 });
    expect(result.step).toEqual({ made: [close('a!'), close('c!')], unsure: true });
    expect(result).not.toHaveProperty('completed');
  });

  it('counts a change once that it makes twice', async () => {
    const { world } = completing(['a!', 'c!']);
    world.apply = async (plan, _reading, onApplied) => {
      onApplied(plan.changes.slice(0, 1));
      world.doors = [];
      throw new ChangedMeanwhileError('c! is closed already.');
    };
    world.complete = async ({ changes }, onApplied) => onApplied(changes.slice(0, 1));
    expect(await world.fix()).toMatchObject({
      outcome: 'fixed',
      applied: 1,
      step: { made: [close('a!')] },
    });
  });

  it('is not completed again once it is whole', async () => {
    const { world, completed } = completing(['a!']);
    expect(await world.fix()).toMatchObject({ outcome: 'fixed', applied: 1 });
    expect(completed).toEqual([]);
  });
});
