import type { ControlFacts } from '../control';
import { type ShareParameters, shareParametersSchema } from '../share-parameters';

/** What is known of the control without judging anything by it. */
export const facts: ControlFacts<ShareParameters> = {
  kind: 'custom',
  id: 'rds-snapshot-public',
  title: 'public RDS snapshot',
  severity: 'critical',
  resourceType: 'AWS::RDS::DBSnapshot',
  parameters: shareParametersSchema,
  // https://docs.aws.amazon.com/service-authorization/latest/reference/list_amazonrds.html
  fixPermissions: [{ actions: ['rds:ModifyDBSnapshotAttribute'], on: 'resource' }],
};
