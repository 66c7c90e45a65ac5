import type { ControlFacts } from '../control';
import { type DocumentParameters, documentParametersSchema } from '../document-parameters';

/** What is known of the control without judging anything by it. */
export const facts: ControlFacts<DocumentParameters> = {
  kind: 'custom',
  id: 'sns-public-policy',
  title: 'public SNS topic',
  severity: 'high',
  resourceType: 'AWS::SNS::Topic',
  parameters: documentParametersSchema,
  // https://docs.aws.amazon.com/service-authorization/latest/reference/list_amazonsns.html
  fixPermissions: [{ actions: ['sns:SetTopicAttributes'], on: 'resource' }],
};
