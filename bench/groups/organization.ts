import { compilePolicy } from '../../config/compile';
import { coverageOf } from '../../config/coverage-plan';
import type { Organization } from '../../config/organization';
import type { SavedStructure } from '../../config/saved-structure';
import { stackSetKinds, stackSetName } from '../../core/names';
import { plannedSteps } from '../../hub-functions/reconcile/planned-steps';
import type { StackInstance } from '../../hub-functions/reconcile/stack-instance';
import { findSetTargets } from '../../infra/stack-sets/find-set-targets';
import type { Measurement, MeasurementGroup } from '../measurement';
import { median } from '../median';
import { benchPolicy } from '../organization/policy';
import { structureOf } from '../organization/structure';

const accounts = 1_000;
/** How often each is done; the median counts. */
const times = 5;
/** Milliseconds: nobody waits for what is reckoned before AWS is asked. */
const limit = 1_000;

/** What is reckoned of a whole organization before AWS is asked, by `plan`, `deploy`, the doctor and the reconcile. */
export const organization: MeasurementGroup = {
  title: `an organization of ${accounts.toLocaleString('en-US')} accounts`,
  takes: 'seconds',
  async measure({ progress }) {
    progress('Reckoning with a thousand accounts …');
    const structure = structureOf(accounts);
    const policy = benchPolicy('approval');
    const compiled = compilePolicy(policy);
    const plan = coverageOf(policy, structure);
    const instances = instancesOf(policy, structure);
    return [
      row('what is deployed into each', () => coverageOf(policy, structure)),
      row('where each stack set goes', () => findSetTargets(compiled, structure)),
      row(`what the reconcile does about ${instances.length.toLocaleString('en-US')} stacks`, () =>
        plannedSteps(plan, instances),
      ),
    ];
  },
};

function row(name: string, work: () => unknown): Measurement {
  const taken = Array.from({ length: times }, () => {
    const begin = process.cpuUsage();
    work();
    const { user, system } = process.cpuUsage(begin);
    return (user + system) / 1_000;
  });
  return { name, value: median(taken), unit: 'ms of CPU', better: 'lower', limit };
}

/** Every kind of stack in every account and Region, a third of them failed. */
function instancesOf({ regions }: Organization, structure: SavedStructure): StackInstance[] {
  return structure.accounts.flatMap(({ id, parentId }) =>
    stackSetKinds.flatMap((kind) =>
      regions.map((region, index): StackInstance => {
        const state = (Number(id) + index) % 3 === 0 ? 'failed' : 'current';
        const place = { accountId: id, region, unitId: parentId };
        return {
          stackSet: stackSetName(kind),
          kind,
          pilot: false,
          placedOtherwise: false,
          ...place,
          state,
          reason: '',
        };
      }),
    ),
  );
}
