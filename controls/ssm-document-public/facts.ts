import type { ControlFacts } from '../control';
import { type ShareParameters, shareParametersSchema } from '../share-parameters';

/** What is known of the control without judging anything by it. */
export const facts: ControlFacts<ShareParameters> = {
  kind: 'custom',
  id: 'ssm-document-public',
  title: 'public SSM document',
  severity: 'medium',
  resourceType: 'AWS::SSM::Document',
  parameters: shareParametersSchema,
  // https://docs.aws.amazon.com/service-authorization/latest/reference/list_awssystemsmanager.html
  fixPermissions: [{ actions: ['ssm:ModifyDocumentPermission'], on: 'resource' }],
};
