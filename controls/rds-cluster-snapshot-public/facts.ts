import type { ControlFacts } from '../control';
import { type ShareParameters, shareParametersSchema } from '../share-parameters';

/** What is known of the control without judging anything by it. */
export const facts: ControlFacts<ShareParameters> = {
  kind: 'custom',
  id: 'rds-cluster-snapshot-public',
  title: 'public RDS cluster snapshot',
  severity: 'critical',
  resourceType: 'AWS::RDS::DBClusterSnapshot',
  parameters: shareParametersSchema,
  // https://docs.aws.amazon.com/service-authorization/latest/reference/list_amazonrds.html
  fixPermissions: [{ actions: ['rds:ModifyDBClusterSnapshotAttribute'], on: 'resource' }],
};
