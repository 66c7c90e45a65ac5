import type { ControlFacts } from '../control';
import { type DocumentParameters, documentParametersSchema } from '../document-parameters';

/** What is known of the control without judging anything by it. */
export const facts: ControlFacts<DocumentParameters> = {
  kind: 'custom',
  id: 'ecr-public-policy',
  title: 'public ECR repository',
  severity: 'high',
  resourceType: 'AWS::ECR::Repository',
  parameters: documentParametersSchema,
  // https://docs.aws.amazon.com/service-authorization/latest/reference/list_amazonelasticcontainerregistry.html
  fixPermissions: [{ actions: ['ecr:SetRepositoryPolicy', 'ecr:DeleteRepositoryPolicy'], on: 'resource' }],
};
