import { itemsOf } from '../../bench/items/registry';
import { customControls } from '../../controls/registry';
import { holdBothPaths } from '../controls/support/both-paths';
import { oddItems } from '../controls/support/odd-items';

const shortened = customControls.filter(({ evaluateItem }) => evaluateItem !== undefined);
const rounds = Array.from({ length: 10 }, (_, index) => index);

describe.each(shortened.map((control) => [control.id, control] as const))(
  'a short look by %s',
  (_id, control) => {
    it.each(rounds)(
      'says of 10,000 random items what the model says, or nothing (round %d)',
      (round) => {
        const own = itemsOf(control.resourceType, 10_000, round);

        expect(holdBothPaths(control, round % 2 === 0 ? own : oddItems(own, round))).toBeGreaterThan(0);
      },
      120_000,
    );
  },
);
