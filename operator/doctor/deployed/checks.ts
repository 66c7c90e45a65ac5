import type { Check } from '../verdict';
import type { DeployedFacts } from './facts';
import { code } from './judges/code';
import { evaluations } from './judges/evaluations';
import { notCovered } from './judges/not-covered';
import { patrol } from './judges/patrol';
import { policy } from './judges/policy';
import { probes } from './judges/probes';
import { recorder } from './judges/recorder';
import { roles } from './judges/roles';
import { rules } from './judges/rules';
import { stackInstances } from './judges/stack-instances';
import { trail } from './judges/trail';

/** Every check after a deployment, in the order in which it is told. */
export const deployedChecks: readonly Check<DeployedFacts>[] = [
  policy,
  notCovered,
  stackInstances,
  roles,
  recorder,
  rules,
  evaluations,
  code,
  trail,
  patrol,
  probes,
];

/** Those that a pilot has to pass before the rest is deployed: what time alone brings is not among them, and the hub may come last. */
export const pilotChecks: readonly Check<DeployedFacts>[] = [
  stackInstances,
  roles,
  recorder,
  rules,
  code,
  trail,
];

/** Those of the hub's own daily doctor: what the patrols, the stack sets and the policy's deployment tell, is told in the hub otherwise. */
export const dailyChecks: readonly Check<DeployedFacts>[] = [
  roles,
  recorder,
  rules,
  evaluations,
  code,
  trail,
  probes,
];
