import type { ControlFacts } from '../control';
import { type DocumentParameters, documentParametersSchema } from '../document-parameters';

/** What is known of the control without judging anything by it. */
export const facts: ControlFacts<DocumentParameters> = {
  kind: 'custom',
  id: 'sqs-public-policy',
  title: 'public SQS queue',
  severity: 'high',
  resourceType: 'AWS::SQS::Queue',
  parameters: documentParametersSchema,
  // https://docs.aws.amazon.com/service-authorization/latest/reference/list_amazonsqs.html
  fixPermissions: [{ actions: ['sqs:SetQueueAttributes'], on: 'resource' }],
};
