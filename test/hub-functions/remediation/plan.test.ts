import { RefusedError, ResourceInputError } from '../../../core/errors';
import { TornReadingError } from '../../../resources/kit/live-resource';
import { awsError, control, type Doors, dangerous, planOf, World } from './support/doors';

describe('planFix', () => {
  it('answers with what is wrong, the plan, and the state that it was made from; it changes nothing', async () => {
    const world = new World(['a!', 'b']);
    expect(await world.plan()).toEqual({
      version: 2,
      outcome: 'planned',
      violations: [{ kind: 'open', text: 'a!', detail: {} }],
      plan: planOf(['a!']),
      state: ['a!', 'b'],
      applied: 0,
    });
    expect([world.applications, world.doors]).toEqual([0, ['a!', 'b']]);
  });

  it('answers with the state of a resource that complies, too', async () => {
    expect(await new World(['b']).plan()).toEqual({
      version: 2,
      outcome: 'already-compliant',
      violations: [],
      state: ['b'],
      applied: 0,
    });
  });

  it('says until when the resource is exempt, as its owners wrote it', async () => {
    for (const doors of [['a!'], ['b']]) {
      const world = new World(doors);
      world.read = async () => ({ resource: doors, before: doors, exemptUntil: '2027-03-01' });
      expect(await world.plan()).toMatchObject({ exemptUntil: '2027-03-01' });
    }
    expect(await new World(['a!']).plan()).not.toHaveProperty('exemptUntil');
  });

  it('completes nothing of an earlier attempt', async () => {
    const world = new World(['b']);
    world.complete = vi.fn();
    expect(await world.plan()).toMatchObject({ outcome: 'already-compliant' });
    expect(world.complete).not.toHaveBeenCalled();
  });

  it('says gone of a resource that does not exist', async () => {
    const world = new World([]);
    world.seen = () => 'gone';
    expect(await world.plan()).toEqual({ version: 2, outcome: 'gone', violations: [], applied: 0 });
  });

  it('answers with a lossy plan as with any other', async () => {
    const lossy = { ...control, plan: (doors: Doors) => planOf(dangerous(doors), true) };
    expect(await new World(['a!']).plan({ control: lossy })).toMatchObject({
      outcome: 'planned',
      plan: { lossy: true, losses: ['A harmless door goes too.'] },
    });
  });

  it('refuses where AWS and the evaluation disagree, after looking again', async () => {
    const world = new World(['a!']);
    const evaluate = () => {
      throw new RefusedError('AWS says otherwise.');
    };
    expect(await world.plan({ control: { ...control, evaluate } })).toEqual({
      version: 2,
      outcome: 'refused',
      violations: [],
      state: ['a!'],
      applied: 0,
      reason: 'AWS says otherwise.',
    });
    expect([world.reads, world.pauses]).toEqual([3, [250, 1_000]]);
  });

  it('goes on when the disagreement was only a passing one', async () => {
    let calls = 0;
    const evaluate: typeof control.evaluate = (doors, parameters) => {
      if (++calls === 1) throw new RefusedError('AWS says otherwise.');
      return control.evaluate(doors, parameters);
    };
    expect(await new World(['a!']).plan({ control: { ...control, evaluate } })).toMatchObject({
      outcome: 'planned',
    });
  });

  it('refuses, and never calls compliant, what is undecided also when it is read live', async () => {
    const undecided = { ...control, undecided: () => 'One door cannot be seen.' };
    expect(await new World(['b']).plan({ control: undecided })).toMatchObject({
      outcome: 'refused',
      reason: 'One door cannot be seen.',
    });
  });

  it('says what is wrong with a resource for which it refuses to plan', async () => {
    const plan = () => {
      throw new RefusedError('It cannot be written back.');
    };
    expect(await new World(['a!']).plan({ control: { ...control, plan } })).toMatchObject({
      outcome: 'refused',
      violations: [{ text: 'a!' }],
      reason: 'It cannot be written back.',
    });
  });

  it('refuses what it cannot understand, and what it knows no change for', async () => {
    const world = new World(['a!']);
    world.read = () => Promise.reject(new ResourceInputError('The policy is not JSON.'));
    expect(await world.plan()).toMatchObject({ outcome: 'refused', reason: 'The policy is not JSON.' });
    const helpless = { ...control, plan: () => planOf([]) };
    expect(await new World(['a!']).plan({ control: helpless })).toMatchObject({
      outcome: 'refused',
      violations: [{ text: 'a!' }],
    });
  });

  it('fails with the code when AWS refuses to let it read', async () => {
    const world = new World(['a!']);
    world.read = () => Promise.reject(awsError('UnauthorizedOperation'));
    expect(await world.plan()).toEqual({
      version: 2,
      outcome: 'failed',
      violations: [],
      applied: 0,
      errorCode: 'UnauthorizedOperation',
      reason: 'UnauthorizedOperation: You may not.',
    });
  });

  it('says that it ran out of time', async () => {
    const world = new World(['a!']);
    world.read = () => Promise.reject(awsError('AbortError'));
    expect(await world.plan()).toMatchObject({ outcome: 'failed', reason: 'The function ran out of time.' });
  });

  it('reads again while a reading is torn; where it stays so, another attempt may see more', async () => {
    const world = new World(['a!']);
    const read = world.read.bind(world);
    let torn = 2;
    world.read = async () => {
      if (torn-- > 0) throw new TornReadingError('AWS answers other rules.');
      return read();
    };
    expect(await world.plan()).toMatchObject({ outcome: 'planned', state: ['a!'] });
    expect(world.pauses).toEqual([250, 1_000]);
    const lasting = new World(['a!']);
    lasting.read = () => Promise.reject(new TornReadingError('AWS answers other rules.'));
    expect(await lasting.plan()).toEqual({
      version: 2,
      outcome: 'failed',
      violations: [],
      applied: 0,
      reason: 'AWS answers other rules.',
    });
  });
});
