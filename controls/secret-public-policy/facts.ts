import type { ControlFacts } from '../control';
import { type DocumentParameters, documentParametersSchema } from '../document-parameters';

/** What is known of the control without judging anything by it. */
export const facts: ControlFacts<DocumentParameters> = {
  kind: 'custom',
  id: 'secret-public-policy',
  title: 'public secret',
  severity: 'critical',
  resourceType: 'AWS::SecretsManager::Secret',
  parameters: documentParametersSchema,
  // https://docs.aws.amazon.com/service-authorization/latest/reference/list_awssecretsmanager.html
  fixPermissions: [
    {
      actions: ['secretsmanager:PutResourcePolicy', 'secretsmanager:DeleteResourcePolicy'],
      on: 'resource',
    },
  ],
};
