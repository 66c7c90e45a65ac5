import * as z from 'zod/mini';
import type { CustomControl } from '../../../controls/control';
import { RefusedError, ResourceInputError } from '../../../core/errors';
import type { FixHistory } from '../../../core/fix-step';
import type { Change } from '../../../core/plan';
import type { RemediationResult } from '../../../core/remediation';
import { type UndoTask, undo } from '../../../hub-functions/remediation/undo';
import { asWrite } from '../../../resources/kit/aws-error';
import { ChangedMeanwhileError, type LiveResource, settlesSoon } from '../../../resources/kit/live-resource';

/** A resource that is a set of doors; the ones that end in `!` are dangerous. */
type Doors = string[];

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
    const open = doors.filter((door) => door.endsWith('!'));
    return {
      compliance: open.length > 0 ? 'NON_COMPLIANT' : 'COMPLIANT',
      violations: open.map((door) => ({ kind: 'open', text: door, detail: {} })),
    };
  },
  plan: (_doors, violations) => ({
    changes: violations.map(({ text }) => ({ action: 'close', text })),
    lossy: false,
    losses: [],
  }),
  fixPermissions: [],
};

const opening = (door: string): Change => ({ action: 'open', text: `Open ${door}.`, door });

/** The fix closed `a!`, and left `b`. */
const history: FixHistory = {
  steps: [{ before: ['a!', 'b'], changes: [{ action: 'close', text: 'Close a!.' }] }],
  after: ['b'],
};

class World implements LiveResource<Doors> {
  settling = settlesSoon;
  undoings = 0;
  reads = 0;
  readonly pauses: number[] = [];
  /** Decides what the n-th reading sees, from 1. */
  seen: (reading: number, doors: Doors) => Doors | 'gone' = (_reading, doors) => doors;

  constructor(public doors: Doors) {}

  async read() {
    this.reads++;
    const doors = this.seen(this.reads, [...this.doors]);
    return doors === 'gone' ? ('gone' as const) : { resource: doors, before: doors };
  }

  async apply() {}

  async applyUndo(changes: readonly Change[], onApplied: (changes: readonly Change[]) => void) {
    this.undoings++;
    for (const change of changes) {
      this.doors.push(String(change.door));
      onApplied([change]);
    }
  }

  close() {}

  undo(overrides: Partial<UndoTask> = {}): Promise<RemediationResult> {
    return undo({
      control,
      parameters: {},
      live: this,
      planUndo: (_history, now) => {
        const doors = now as Doors;
        const others = doors.filter((door) => door !== 'a!' && door !== 'b');
        if (others.length > 0)
          return { kind: 'changed', differences: others.map((door) => `${door} is new.`) };
        return { kind: 'undo', changes: doors.includes('a!') ? [] : [opening('a!')] };
      },
      history,
      pause: async (milliseconds) => {
        this.pauses.push(milliseconds);
      },
      ...overrides,
    });
  }
}

const awsError = (code: string) =>
  Object.assign(new Error('You may not.'), { name: code, $fault: 'client', $metadata: {} });

describe('undo', () => {
  it('gives back what the fix took, reads again, and says what stands open then', async () => {
    const world = new World(['b']);
    expect(await world.undo()).toEqual({
      version: 2,
      outcome: 'undone',
      state: ['b', 'a!'],
      violations: [{ kind: 'open', text: 'a!', detail: {} }],
      plan: { changes: [{ action: 'close', text: 'a!' }], lossy: false, losses: [] },
      applied: 1,
      given: [opening('a!')],
    });
    expect([world.doors, world.reads]).toEqual([['b', 'a!'], 2]);
  });

  it('changes nothing the second time', async () => {
    const world = new World(['b']);
    await world.undo();
    expect(await world.undo()).toMatchObject({ outcome: 'undone', applied: 0 });
    expect(world.undoings).toBe(1);
  });

  it('opens nothing again that was closed after an undo', async () => {
    const world = new World(['b']);
    const undoneAt = '2026-11-01T10:00:00.000Z';
    expect(await world.undo({ history: { ...history, undoneAt } })).toMatchObject({
      outcome: 'changed',
      applied: 0,
      differences: [expect.stringContaining('undone at 2026-11-01 10:00 UTC')],
    });
    expect(world.undoings).toBe(0);
    const same = new World(['a!', 'b']);
    expect(await same.undo({ history: { ...history, undoneAt } })).toMatchObject({
      outcome: 'undone',
    });
  });

  it('writes nothing when the resource was changed since, and says what differs', async () => {
    const world = new World(['b', 'c']);
    expect(await world.undo()).toMatchObject({
      outcome: 'changed',
      applied: 0,
      differences: ['c is new.'],
    });
    expect(world.undoings).toBe(0);
  });

  it('does not call it undone before a reading shows it, nor when somebody changed it at the same time', async () => {
    const world = new World(['b']);
    world.applyUndo = async (changes, onApplied) => onApplied(changes);
    expect(await world.undo()).toMatchObject({ outcome: 'failed', applied: 1 });
    expect(world.pauses).toHaveLength(2);
    const raced = new World(['b']);
    raced.seen = (reading, doors) => (reading === 1 ? doors : [...doors, 'c']);
    expect(await raced.undo()).toMatchObject({ outcome: 'changed', applied: 1 });
  });

  it('waits for what was just written to be seen everywhere', async () => {
    const world = new World(['b']);
    world.seen = (reading, doors) => (reading < 4 ? ['b'] : doors);
    expect(await world.undo()).toMatchObject({ outcome: 'undone' });
    expect(world.pauses).toEqual([250, 1_000]);
  });

  it('says gone for what is gone, before and after', async () => {
    for (const last of [1, 2]) {
      const world = new World(['b']);
      world.seen = (reading, doors) => (reading >= last ? 'gone' : doors);
      expect(await world.undo()).toMatchObject({ outcome: 'gone' });
    }
  });

  it.each([
    ['refused', new RefusedError('MalformedPolicy: Invalid principal in policy'), {}],
    ['refused', new ResourceInputError('before.Grants is no list.'), {}],
    ['changed', new ChangedMeanwhileError('S3 is busy.'), {}],
    ['failed', awsError('AccessDenied'), { errorCode: 'AccessDenied', reason: 'AccessDenied: You may not.' }],
    ['failed', awsError('AbortError'), { reason: 'The function ran out of time.' }],
  ] as const)(
    'answers %s for an error on the way, with what was made until then',
    async (outcome, error, more) => {
      const world = new World(['b']);
      world.applyUndo = async (changes, onApplied) => {
        onApplied(changes);
        throw error;
      };
      expect(await world.undo()).toMatchObject({ outcome, applied: 1, given: [opening('a!')], ...more });
    },
  );

  it.each([
    ['somebody else was at work', new ChangedMeanwhileError('S3 is busy.')],
    ['a setting that it turned off is not off everywhere yet', awsError('AccessDenied')],
  ])('looks, plans and writes again, after a pause, when %s', async (_why, error) => {
    const world = new World(['b']);
    const write = world.applyUndo.bind(world);
    world.applyUndo = async (changes, onApplied) => {
      if (world.undoings > 1) return write(changes, onApplied);
      world.undoings++;
      onApplied([opening('first')]);
      throw error;
    };
    expect(await world.undo()).toMatchObject({ outcome: 'undone', applied: 2 });
    expect(world.pauses).toEqual([250, 1_000]);
  });

  it('writes three times at most, and not again where AWS denies the very first change', async () => {
    const world = new World(['b']);
    world.applyUndo = async () => {
      world.undoings++;
      throw new ChangedMeanwhileError('S3 is busy.');
    };
    expect(await world.undo()).toMatchObject({ outcome: 'changed', applied: 0 });
    expect(world.undoings).toBe(3);
    const denied = new World(['b']);
    denied.applyUndo = async () => {
      denied.undoings++;
      throw awsError('AccessDenied');
    };
    expect(await denied.undo()).toMatchObject({ outcome: 'failed', errorCode: 'AccessDenied' });
    expect(denied.undoings).toBe(1);
  });

  describe('when the answer to a write is lost', () => {
    const lost = () =>
      asWrite(Promise.reject(Object.assign(new Error('socket hang up'), { name: 'TimeoutError' })));

    it('looks again, and counts what is there now as its own', async () => {
      const world = new World(['b']);
      world.applyUndo = async () => {
        world.undoings++;
        world.doors.push('a!');
        await lost();
      };
      expect(await world.undo()).toMatchObject({ outcome: 'undone', applied: 1, given: [opening('a!')] });
      expect(world.undoings).toBe(1);
    });

    it('writes again what is not there, and counts it once', async () => {
      const world = new World(['b']);
      const write = world.applyUndo.bind(world);
      world.applyUndo = (changes, onApplied) => (world.undoings++ === 0 ? lost() : write(changes, onApplied));
      expect(await world.undo()).toMatchObject({ outcome: 'undone', applied: 1 });
    });

    it('says that it may have written where no look can tell', async () => {
      const world = new World(['b']);
      world.applyUndo = () => lost();
      expect(await world.undo()).toMatchObject({ outcome: 'failed', applied: 0, mayHaveWritten: true });
      const unread = new World(['b']);
      unread.applyUndo = () => lost();
      const read = unread.read.bind(unread);
      unread.read = () => (unread.reads === 0 ? read() : Promise.reject(awsError('AbortError')));
      expect(await unread.undo()).toMatchObject({ outcome: 'failed', applied: 0, mayHaveWritten: true });
    });
  });

  it('stands also when nobody can tell the danger for sure', async () => {
    const evaluate = (): never => {
      throw new RefusedError('AWS contradicts itself.');
    };
    expect(await new World(['b']).undo({ control: { ...control, evaluate } as CustomControl })).toMatchObject(
      {
        outcome: 'undone',
        violations: [],
      },
    );
  });
});
