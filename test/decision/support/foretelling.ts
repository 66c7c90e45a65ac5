import fc from 'fast-check';
import { isOpen } from '../../../core/states';
import { type QuestionName, questionNames } from '../../../decision/question';
import { UnusableMessageError } from '../../../hub-functions/coordinator/intake/hint';
import type { World } from '../../hub-functions/coordinator/world';
import { rawTimes } from '../../support/raw-times';
import { explained } from './explained';
import { lived, randomWorlds } from './random-worlds';

const seed = 20261126;

/** What the coordinator makes of the resource when a message says that it is dangerous. */
async function decided(world: World) {
  const before = await world.latest();
  const applied = world.applies.length;
  try {
    await world.receive();
  } catch (error) {
    // What the policy does not watch is not looked at.
    if (!(error instanceof UnusableMessageError)) throw error;
    return { do: 'record', state: 'given-up', reason: error.message };
  }
  const record = await world.latest();
  if (world.applies.length > applied) return { do: 'apply', state: record?.state };
  // A closed finding that cannot be looked at stays closed.
  const isSame = record && before && record.occurrence === before.occurrence && !isOpen(record.state);
  return { do: 'record', ...(isSame ? { state: 'closed' } : record) };
}

/**
 * A deployed policy does not say where rules run, nobody foretells whether the account is moved right before the fix, and every
 * record can be understood.
 */
const neverDeciding: readonly QuestionName[] = ['target', 'record', 'move'];

/**
 * Holds what `staunch explain` foretells against what the coordinator decides, in random worlds.
 * @param worlds how many
 */
export function testForetelling(worlds: number): void {
  describe('what explain foretells', () => {
    it(`is what the coordinator decides, in ${worlds} worlds`, async () => {
      const deciding = new Set<string>();
      await fc.assert(
        fc.asyncProperty(randomWorlds, async (random) => {
          const world = await lived(random);
          const { course: foretold, trace } = await explained(world);
          // Who ordered an exemption is told in the report, and is no part of the record.
          const { ordered: _ordered, ...course } = { ordered: undefined, ...foretold };
          expect(trace.flatMap(({ answer }) => rawTimes(answer))).toEqual([]);
          const outcome = await decided(world);
          const by = trace.find(({ decides }) => decides)?.asked;
          deciding.add(by ?? 'none');
          if (course.do === 'apply') expect(outcome).toEqual({ do: 'apply', state: 'fixed' });
          else if (by !== 'look' || outcome.state !== 'closed') expect(outcome).toMatchObject(course);
        }),
        { seed, numRuns: worlds },
      );
      const every = questionNames.filter((name) => !neverDeciding.includes(name));
      expect([...deciding].sort()).toEqual([...every, 'none'].sort());
    }, 600_000);
  });
}
