import { type SecurityGroup, securityGroupItems } from '../../resources/security-group/model';
import { undecidedGroup } from '../../resources/security-group/undecided';
import type { CustomControl } from '../control';
import { evaluate } from './evaluate';
import { evaluateItem } from './evaluate-item';
import { facts } from './facts';
import { newlyProhibited } from './newly-prohibited';
import type { OpenPortsParameters } from './parameters';
import { plan } from './plan';

/** Finds security groups that let the internet in on administrative ports, and closes those ports only. */
export const control: CustomControl<SecurityGroup, OpenPortsParameters> = {
  ...facts,
  ...securityGroupItems,
  evaluateItem,
  evaluate,
  undecided: (group, parameters) =>
    undecidedGroup(group, (known) => evaluate(known, parameters).compliance === 'COMPLIANT'),
  plan: (group, _violations, parameters) => plan(group, parameters),
  newlyDangerous: newlyProhibited,
};
