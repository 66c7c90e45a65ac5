import { besideForged } from '../faults/floods/beside-forged';
import { outage, switchOn } from '../faults/floods/thaws';

it('2,000 forged findings beside 2,000 real ones change nothing for those', async () => {
  expect(await besideForged({ real: 2_000, forged: 2_000 })).toEqual([]);
}, 3_600_000);

it(
  '500 findings that a switched-on flag finds open are frozen, and fixed once they are thawed',
  () => switchOn(500),
  600_000,
);

it(
  '300 findings that waited for an hour on the queue are frozen, and fixed once they are thawed',
  () => outage(300),
  600_000,
);
