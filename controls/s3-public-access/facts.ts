import type { ControlFacts } from '../control';
import { type PublicAccessParameters, parametersSchema } from './parameters';
import { fixPermissions } from './permissions';

/** What is known of the control without judging anything by it. */
export const facts: ControlFacts<PublicAccessParameters> = {
  kind: 'custom',
  id: 's3-public-access',
  title: 'public S3 bucket',
  severity: 'critical',
  resourceType: 'AWS::S3::Bucket',
  parameters: parametersSchema,
  accountSetting: 'AWS::S3::AccountPublicAccessBlock',
  fixPermissions,
};
