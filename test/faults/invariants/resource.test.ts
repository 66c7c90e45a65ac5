import { play } from '../play';
import { replayInterleaving } from '../replay';
import { queue } from '../resource-types/queue';
import { scenarios } from '../scenarios/registry';
import { violationsOf } from './registry';

it("lets an owner's edit be lost between a reading and the write that replaces it, and at no other time", async () => {
  expect(await replayInterleaving('queue', 5702)).toEqual([]);

  const scenario = scenarios.find(({ name }) => name === 'an owner who changes something else meanwhile');
  if (!scenario) throw new Error('There is no such scenario.');
  const world = await play(scenario, queue);
  expect(violationsOf(scenario, world)).toEqual([]);
  const held = world.aws.sqs.queue(world.identity.resourceId);
  const { Statement, ...policy } = JSON.parse(held?.policy ?? '') as { Statement: { Sid: string }[] };
  const without = Statement.filter(({ Sid }) => Sid !== 'Harmless');
  if (held) held.policy = JSON.stringify({ ...policy, Statement: without });
  expect(without).toHaveLength(Statement.length - 1);
  expect(violationsOf(scenario, world)).toEqual([expect.stringContaining('Harmless')]);
});
