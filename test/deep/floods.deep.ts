import { besideForged } from '../faults/floods/beside-forged';

it('2,000 forged findings beside 2,000 real ones change nothing for those', async () => {
  expect(await besideForged({ real: 2_000, forged: 2_000 })).toEqual([]);
}, 3_600_000);
