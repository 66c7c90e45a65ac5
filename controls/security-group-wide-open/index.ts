import { type SecurityGroup, securityGroupItems } from '../../resources/security-group/model';
import { undecidedGroup } from '../../resources/security-group/undecided';
import type { CustomControl } from '../control';
import { evaluate } from './evaluate';
import { evaluateItem } from './evaluate-item';
import { facts } from './facts';
import { newlyTooWide } from './newly-too-wide';
import type { WideOpenParameters } from './parameters';
import { plan } from './plan';

/**
 * Finds security groups that let the internet in on more ports than a service needs, however many rules they are spread over,
 * and narrows the widest rules. It takes ports of which nobody said that they are dangerous, so that its fix is always lossy.
 */
export const control: CustomControl<SecurityGroup, WideOpenParameters> = {
  ...facts,
  ...securityGroupItems,
  evaluateItem,
  evaluate,
  undecided: (group, parameters) =>
    undecidedGroup(group, (known) => evaluate(known, parameters).compliance === 'COMPLIANT'),
  plan: (group, _violations, parameters) => plan(group, parameters),
  newlyDangerous: newlyTooWide,
};
