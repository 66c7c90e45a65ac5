import type { ControlFacts } from '../control';
import { type PublicAccessParameters, parametersSchema } from './parameters';
import { fixPermissions, readPermissions } from './permissions';

/** What is known of the control without judging anything by it. */
export const facts: ControlFacts<PublicAccessParameters> = {
  kind: 'custom',
  id: 's3-public-access',
  title: 'public S3 bucket',
  severity: 'critical',
  resourceType: 'AWS::S3::Bucket',
  parameters: parametersSchema,
  // AWS Config names what changed as in `SupplementaryConfiguration.BucketPolicy.PolicyText`:
  // https://repost.aws/knowledge-center/config-configurationitemdiff
  relevantChanges: [
    'SupplementaryConfiguration.AccessControlList',
    'SupplementaryConfiguration.BucketPolicy',
    'SupplementaryConfiguration.PublicAccessBlockConfiguration',
    'SupplementaryConfiguration.OwnershipControls',
    'SupplementaryConfiguration.BucketOwnershipControls',
  ],
  accountSetting: 'AWS::S3::AccountPublicAccessBlock',
  readPermissions,
  fixPermissions,
};
