import { besideForged } from './beside-forged';

it('decides real findings in as many turns as without forged ones, and tells each once', async () => {
  expect(await besideForged({ real: 260, forged: 300 })).toEqual([]);
}, 120_000);
