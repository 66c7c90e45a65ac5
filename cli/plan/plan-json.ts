import type { Resolution } from '../../config/resolution';
import type { AccountPlan } from '../../operator/plan/policy-plan';
import { countsOf, type WholePlan } from '../../operator/plan/whole-plan';
import { costJson } from '../cost/cost-json';
import { findingJson } from '../findings/finding-json';

/** A plan for programs: all of it, also the accounts in which nothing changes. */
export function planJson(plan: WholePlan): object {
  const {
    file,
    problems,
    warnings,
    advice,
    nothingDeployed,
    settings,
    judgedAgain,
    accounts,
    findings,
    cost,
  } = plan;
  return {
    file,
    problems,
    warnings,
    advice,
    compared: nothingDeployed === undefined,
    nothingDeployed,
    counts: countsOf(plan),
    settings,
    judgedAgain,
    cost: cost && costJson(cost),
    accounts: accounts.map(accountJson),
    findings: findings.map(({ record, becomes, why }) => ({ becomes, why, ...findingJson(record) })),
  };
}

function accountJson({ account, watched, difference, controls }: AccountPlan): object {
  const { id, name, unit } = account;
  return {
    id,
    name,
    path: unit.path,
    under: unit.chain.map((parent) => parent.id),
    watched,
    difference,
    controls: Object.fromEntries(
      controls.map((control) => [
        control.control,
        {
          difference: control.difference,
          ...resolutionJson(control.next),
          now: control.now && resolutionJson(control.now),
          ...(control.newlyDangerous.length > 0 && { newlyDangerous: control.newlyDangerous }),
        },
      ]),
    ),
  };
}

/** Without the steps: `staunch explain` has them. */
function resolutionJson(resolution: Resolution): object {
  if ('unresolved' in resolution) return resolution;
  const { flag, decidedBy, parameters, parametersDecidedBy } = resolution;
  return { flag, decidedBy, parameters, parametersDecidedBy };
}
