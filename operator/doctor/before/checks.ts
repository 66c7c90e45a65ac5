import { notCovered } from '../deployed/judges/not-covered';
import type { Check } from '../verdict';
import type { BeforeFacts } from './facts';
import { administrator } from './judges/administrator';
import { controlPolicies } from './judges/control-policies';
import { hub } from './judges/hub';
import { optInRegions } from './judges/opt-in-regions';
import { organization } from './judges/organization';
import { quotas } from './judges/quotas';
import { recorders } from './judges/recorders';
import { trail } from './judges/trail';
import { trustedAccess } from './judges/trusted-access';

/** Every check before a deployment, in the order in which it is told. */
export const beforeChecks: readonly Check<BeforeFacts>[] = [
  organization,
  trustedAccess,
  administrator,
  hub,
  quotas,
  notCovered,
  optInRegions,
  recorders,
  trail,
  controlPolicies,
];
