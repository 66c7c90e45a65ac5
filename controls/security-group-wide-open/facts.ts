import { changeRules } from '../../resources/security-group/permissions';
import type { ControlFacts } from '../control';
import { parametersSchema, type WideOpenParameters } from './parameters';

/** What is known of the control without judging anything by it. */
export const facts: ControlFacts<WideOpenParameters> = {
  kind: 'custom',
  id: 'security-group-wide-open',
  title: 'too many ports open to the internet',
  severity: 'high',
  resourceType: 'AWS::EC2::SecurityGroup',
  parameters: parametersSchema,
  alwaysLossy: true,
  fixPermissions: changeRules,
};
