import { messageFor } from '../../support/findings';
import { Flood, inFlood } from './flood';

it('an upgrade, whose roles in members go and come, loses nothing of what is in flight, and does nothing twice', async () => {
  const flood = new Flood({ real: 24, forged: 0 });
  await inFlood(flood, async () => {
    const [first, second, third] = [flood.real.slice(0, 8), flood.real.slice(8, 16), flood.real.slice(16)];
    const arrive = async (some: typeof first) => {
      for (const identity of some) await flood.hub.message(messageFor(identity));
    };
    await arrive(first);
    // The role that can write goes first: some are looked at, and cannot be fixed.
    flood.aws.sts.isRefused = (_accountId, roleName) => roleName === 'staunch-remediation';
    await arrive(second);
    await flood.turns(2);
    flood.aws.sts.isRefused = () => true;
    await arrive(third);
    await flood.turns(20);
    expect(flood.statesOf(third)).toEqual({ 'held for account': 8 });
    // The new roles are there; and at last the new hub.
    flood.rollOut();
    await flood.turns(1);
    flood.deploy({});
    await flood.turns(40);

    expect(flood.statesOf(flood.real)).toEqual({ fixed: 24 });
    expect(flood.reports.filter(({ state }) => state === 'fixed')).toHaveLength(24);
    const ids = flood.reports.map(({ finding }) => finding.resourceId);
    expect(new Set(ids).size).toBe(ids.length);
  });
}, 60_000);
