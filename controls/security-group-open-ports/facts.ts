import { changeRules } from '../../resources/security-group/permissions';
import type { ControlFacts } from '../control';
import { type OpenPortsParameters, parametersSchema } from './parameters';

/** What is known of the control without judging anything by it. */
export const facts: ControlFacts<OpenPortsParameters> = {
  kind: 'custom',
  id: 'security-group-open-ports',
  title: 'prohibited ports open to the internet',
  severity: 'critical',
  resourceType: 'AWS::EC2::SecurityGroup',
  parameters: parametersSchema,
  fixPermissions: changeRules,
};
