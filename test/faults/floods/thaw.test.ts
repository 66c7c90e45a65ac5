import { randomUUID } from 'node:crypto';
import { Flood, inFlood } from './flood';
import { account, ariseLate, shown, thaw } from './thaws';

it('fixes a little backlog by itself, after some minutes, and no more of it within a day', async () => {
  const flood = new Flood({ real: 160, forged: 0 }, 'off');
  flood.deploy({ thaw: { account: 20, organization: 200 } });
  await inFlood(flood, async () => {
    await flood.arrive();
    flood.switchTo('on');
    await flood.turns(2);
    expect(flood.touched.size).toBe(0);
    await flood.turns(5);
    expect(flood.statesOf(flood.real)).toEqual({ fixed: 160 });
    expect(flood.notices).toEqual([]);
    // One more of an account is one too many today.
    const more = await ariseLate(flood, 9_000);
    await flood.turns(8);
    expect(flood.statesOf([more])).toEqual({ 'held for frozen': 1 });
    expect(flood.notices).toMatchObject([{ title: expect.stringContaining('Frozen: 1 fix of backlog') }]);
  });
}, 120_000);

it('thaws nothing that has joined the list since it was shown, nor twice what was thawed', async () => {
  const flood = new Flood({ real: 32, forged: 0 }, 'off');
  flood.deploy({ thaw: { account: 2, organization: 200 } });
  await inFlood(flood, async () => {
    await flood.arrive();
    flood.switchTo('on');
    await flood.turns(6);
    const list = shown(flood, account);
    const joined = await ariseLate(flood, 9_000);
    await flood.turns(1);
    expect(await thaw(flood, list, account)).toMatchObject({
      done: false,
      text: expect.stringContaining('not the one that was shown'),
    });
    expect(flood.touched.size).toBe(0);
    const key = randomUUID();
    const grown = shown(flood, account);
    const answers = await Promise.all([
      thaw(flood, grown, account, key),
      thaw(flood, grown, account, key),
      thaw(flood, grown, account),
    ]);
    expect(answers.filter((answer) => answer?.done).length).toBeGreaterThanOrEqual(1);
    await flood.turns(3);
    expect(flood.statesOf([joined])).toEqual({ fixed: 1 });
    expect(flood.touched.size).toBe(5);
    expect(await thaw(flood, grown, account, key)).toMatchObject({ done: true });
    expect(await thaw(flood, grown, account)).toMatchObject({ done: false });
    expect(flood.touched.size).toBe(5);
  });
}, 120_000);
