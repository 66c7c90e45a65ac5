import { accounts } from '../../support/findings';
import { randomFrom } from '../random';
import type { OwnersEdit, Variant } from '../resource-types/resource-type';
import type { World } from '../world';
import type { Scenario } from './scenario';

const variants: readonly Variant[] = ['simple', 'several', 'lossy'];
const edits: readonly OwnersEdit[] = ['worsen', 'mend', 'reopen', 'unrelated'];
const orders = ['undo', 'approve', 'deny', 'pause', 'retry', 'exempt'] as const;
/** Longer than a fix takes, in milliseconds. */
const longestDelay = 2_000;

/**
 * Two messages, a sweep, an order and an owner's edit at about the same time; what, and after how long each, the seed says. In
 * three cases of four the finding is known before.
 * @param possible what can be planted
 */
export function interleaving(seed: number, possible: readonly Variant[]): Scenario {
  const random = randomFrom(seed);
  const one = <Thing>(things: readonly [Thing, ...Thing[]] | readonly Thing[]): Thing =>
    things[Math.floor(random() * things.length)] as Thing;
  const isApproval = random() < 0.5;
  const wanted = one(variants);
  const variant = possible.includes(wanted) ? wanted : 'several';
  const order = one(orders);
  const edit = one(edits);
  const isKnown = random() < 0.75;
  const delays = Array.from({ length: 5 }, () => Math.floor(random() * longestDelay));
  return {
    name: `interleaving ${seed}`,
    variant,
    ...(isApproval && { accountId: accounts.approval }),
    async run(world) {
      if (isApproval || variant === 'lossy') world.forbid('not approved');
      if (isKnown) {
        await world.message();
        await world.rest();
      }
      world.act();
      const after = async (index: number, action: () => unknown) => {
        await world.hub.pass(delays[index] ?? 0);
        await action();
      };
      await Promise.all([
        after(0, () => world.message()),
        after(1, () => world.message()),
        after(2, () => world.hub.sweep()),
        after(3, () => give(world, order)),
        after(4, () => world.owner(edit)),
      ]);
      await world.rest();
      // AWS Config's word on what it has become.
      await world.message();
    },
    ends: ['fixed', 'already-compliant', 'waiting', 'denied', 'undone', 'exempt'],
    occurrences: 2,
    mayRefuse: true,
    ...((isApproval || variant === 'lossy') && { needsApproval: true as const }),
  };
}

async function give(world: World, order: (typeof orders)[number]): Promise<void> {
  if (order !== 'pause') {
    await world[order]();
    return;
  }
  const resume = await world.pause();
  await world.hub.pass(longestDelay);
  await resume();
}
