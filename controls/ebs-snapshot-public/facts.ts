import type { ControlFacts } from '../control';
import { type ShareParameters, shareParametersSchema } from '../share-parameters';

/** What is known of the control without judging anything by it. */
export const facts: ControlFacts<ShareParameters> = {
  kind: 'custom',
  id: 'ebs-snapshot-public',
  title: 'public EBS snapshot',
  severity: 'critical',
  resourceType: 'AWS::EC2::Snapshot',
  parameters: shareParametersSchema,
  // https://docs.aws.amazon.com/service-authorization/latest/reference/list_amazonec2.html
  fixPermissions: [{ actions: ['ec2:ModifySnapshotAttribute'], on: 'resource' }],
};
