import type { ControlFacts } from '../control';
import { type PublicPolicyParameters, parametersSchema } from './parameters';

/** What is known of the control without judging anything by it. */
export const facts: ControlFacts<PublicPolicyParameters> = {
  kind: 'custom',
  id: 'sqs-public-policy',
  title: 'public SQS queue',
  severity: 'high',
  resourceType: 'AWS::SQS::Queue',
  parameters: parametersSchema,
  // https://docs.aws.amazon.com/service-authorization/latest/reference/list_amazonsqs.html
  fixPermissions: [{ actions: ['sqs:SetQueueAttributes'], on: 'resource' }],
};
