import type { Fault } from './fault';
import { faultWhenever } from './faults';
import { violationsOf } from './invariants/registry';
import { play } from './play';
import { replay } from './replay';
import { resourceTypesUnderFaults } from './resource-types/registry';
import { scenarios } from './scenarios/registry';

/** What the scenarios under faults have found, each with the one fault that shows it. */
async function playWith(typeName: string, scenarioName: string, command: string, fault: Fault) {
  const type = resourceTypesUnderFaults.find(({ name }) => name === typeName);
  const scenario = scenarios.find(({ name }) => name === scenarioName);
  if (!type || !scenario) throw new Error('There is no such scenario.');
  let met = 0;
  const plan = faultWhenever((call) => call.command === command && ++met === 1, fault);
  const world = await play(scenario, type, { plan });
  return { violations: violationsOf(scenario, world), met };
}

it('counts a fix whose only write was made, though its answer was lost', async () => {
  const played = await playWith('group', 'a fix', 'RevokeSecurityGroupIngress', { kind: 'fails-after' });
  expect(played).toEqual({ violations: [], met: 1 });
});

it('writes nothing in a freeze that begins while the stop switch is read', async () => {
  expect(await replay('group', 'a freeze that begins during a fix')).toEqual([]);
});
