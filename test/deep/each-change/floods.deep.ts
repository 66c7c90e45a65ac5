import { besideForged } from '../../faults/floods/beside-forged';
import { outage, switchOn } from '../../faults/floods/thaws';

// Of each more than the sweep takes up at once; `test/deep/floods.deep.ts` has more of them.
it('decides real findings in as many turns as without forged ones, and tells each once', async () => {
  expect(await besideForged({ real: 260, forged: 300 })).toEqual([]);
}, 120_000);

it(
  'fixes nothing that a switched-on flag finds open before it is thawed, and exactly that then',
  () => switchOn(260),
  60_000,
);

it('fixes nothing that waited for an hour on the queue before it is thawed', () => outage(260), 60_000);
