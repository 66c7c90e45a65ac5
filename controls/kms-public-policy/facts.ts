import type { ControlFacts } from '../control';
import { type DocumentParameters, documentParametersSchema } from '../document-parameters';

/** What is known of the control without judging anything by it. */
export const facts: ControlFacts<DocumentParameters> = {
  kind: 'custom',
  id: 'kms-public-policy',
  title: 'public KMS key',
  severity: 'critical',
  resourceType: 'AWS::KMS::Key',
  parameters: documentParametersSchema,
  // https://docs.aws.amazon.com/service-authorization/latest/reference/list_awskeymanagementservice.html
  fixPermissions: [{ actions: ['kms:PutKeyPolicy'], on: 'resource' }],
};
