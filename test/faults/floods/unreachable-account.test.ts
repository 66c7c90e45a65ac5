import { Flood, inFlood } from './flood';

const sizes = { real: 0, forged: 40 };
const limits = { openFindings: 30 };
const hour = 60;

it('looks at nothing of an account that cannot be reached, and freezes what is hours old once its roles are there', async () => {
  const flood = new Flood(sizes, 'on', limits);
  await inFlood(flood, async () => {
    // All of it is true.
    for (const identity of flood.forged) flood.plant(identity);
    await flood.arrive();
    expect(flood.statesOf(flood.forged)).toEqual({ 'held for account': 30, 'held for places': 10 });
    await flood.turns(5);
    expect(flood.calls('AssumeRole')).toBeLessThanOrEqual(4);
    expect(flood.reports).toEqual([]);
    const [, unreachable] = flood.notices;
    expect(unreachable?.title).toBe(
      'Account account-400000000001 (400000000001) cannot be reached: 30 findings wait',
    );
    expect(flood.notices).toHaveLength(2);
    for (let hours = 0; hours < 3; hours += 1) await flood.hub.goOn(hour);
    flood.rollOut();
    await flood.hub.goOn(hour);
    await flood.turns(6);
    // Hours old, they are backlog, and so is the rest, which waits for their places.
    expect(flood.statesOf(flood.forged)).toEqual({ 'held for frozen': 30, 'held for places': 10 });
    expect(flood.reports).toEqual([]);
    expect(flood.notices.map(({ title }) => title).slice(2)).toEqual([
      'Frozen: 30 fixes of backlog in account account-400000000001 (400000000001)',
    ]);
  });
}, 60_000);

it('looks at what waits for a place as places get free, the oldest first', async () => {
  const flood = new Flood({ real: 0, forged: 12 }, 'on', { openFindings: 5 });
  await inFlood(flood, async () => {
    flood.rollOut();
    // The first five are true, and their fixes fail; the others are made up.
    flood.aws.sts.isRefused = (_accountId, roleName) => roleName === 'staunch-remediation';
    for (const identity of flood.forged.slice(0, 5)) flood.plant(identity);
    await flood.arrive();
    expect(flood.statesOf(flood.forged)).toEqual({ 'held for account': 5, 'held for places': 7 });
    await flood.turns(2);
    expect(flood.statesOf(flood.forged)).toEqual({ 'held for account': 5, 'held for places': 7 });
    flood.rollOut();
    await flood.hub.goOn(hour);
    await flood.turns(8);
    // What does not exist leaves nothing.
    expect(flood.statesOf(flood.forged)).toEqual({ fixed: 5, none: 7 });
    expect(flood.reports).toHaveLength(5);
  });
}, 60_000);
