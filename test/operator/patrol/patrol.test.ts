import { type PatrolMessage, patrolMessageSchema } from '../../../core/patrol-message';
import type { PlaceCoverage } from '../../../ledger/coverage/place-coverage';
import { patrolledTypes } from '../../../operator/coverage/ask-coverage';
import { type PatrolAsked, patrol } from '../../../operator/patrol/patrol';
import { isThrough, isWhole } from '../../../operator/patrol/patrolled';
import { TestClock } from '../../support/clock';
import { itemOf, watched, watchedHub } from '../coverage/watched-hub';

const before = { coveredAt: '2026-11-01T10:00:00.000Z', resources: 9 };

/** Asks for a patrol, and has something happen at each pause. */
async function patrolled(
  asked: Partial<PatrolAsked>,
  atPause: (pauses: number, startedAt: string) => PlaceCoverage[],
) {
  const clock = new TestClock();
  const startedAt = clock.now().toISOString();
  let items = Object.values(watched).map((id) => itemOf(id, before));
  let pauses = 0;
  const sent: PatrolMessage[] = [];
  const hub = watchedHub(() => items, { patrol: async (messages) => void sent.push(...messages) });
  const pause = async (milliseconds: number) => {
    clock.advance({ seconds: milliseconds / 1000 });
    pauses += 1;
    items = atPause(pauses, startedAt);
  };
  const answer = await patrol(hub, { expected: undefined, ...asked }, { now: clock.now, pause });
  return { answer, sent, pauses };
}

describe('a patrol out of turn', () => {
  it('is a message for each account and Region that is open, and waits for nothing where that is asked', async () => {
    const { answer, sent, pauses } = await patrolled({}, () => []);
    expect(sent.map(({ accountId }) => accountId)).toEqual([watched.payments, watched.trial]);
    for (const message of sent) expect(patrolMessageSchema.parse(message)).toEqual(message);
    expect(pauses).toBe(0);
    expect(answer.places.some(isThrough)).toBe(false);
  });

  it('is through once its own walks went through every type, whatever an earlier one covered', async () => {
    const { answer, pauses } = await patrolled(
      { account: watched.trial, waitMilliseconds: 60_000 },
      (count, startedAt) => [
        itemOf(watched.trial, count < 3 ? before : { coveredAt: startedAt, resources: 2 }),
      ],
    );
    expect(pauses).toBe(3);
    expect(answer.places).toEqual([
      {
        accountId: watched.trial,
        region: 'eu-west-1',
        covered: Object.fromEntries(patrolledTypes.map((type) => [type, 2])),
        notCovered: {},
        pending: [],
      },
    ]);
  });

  it('is through, and not whole, where AWS refused a type', async () => {
    const { answer, pauses } = await patrolled(
      { account: watched.trial, waitMilliseconds: 60_000 },
      (_count, startedAt) => [
        itemOf(watched.trial, { ...before, problem: { words: 'Denied.', at: startedAt, startedAt } }),
      ],
    );
    expect(pauses).toBe(1);
    expect(answer.places.map((place) => [isThrough(place), isWhole(place)])).toEqual([[true, false]]);
    expect(Object.values(answer.places[0]?.notCovered ?? {})).toContain('Denied.');
  });

  it('ends at its time limit, and says what is pending', async () => {
    const { answer, pauses } = await patrolled({ waitMilliseconds: 60_000 }, () => []);
    expect(pauses).toBe(12);
    expect(answer.places.map(({ pending }) => pending)).toEqual([patrolledTypes, patrolledTypes]);
  });

  it('of a closed account is refused', async () => {
    await expect(patrolled({ account: watched.closed }, () => [])).rejects.toThrow('nothing runs there');
  });
});
