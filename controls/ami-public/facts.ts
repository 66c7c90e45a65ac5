import type { ControlFacts } from '../control';
import {
  type ShareWithOrganizationsParameters,
  shareWithOrganizationsParametersSchema,
} from '../share-parameters';

/** What is known of the control without judging anything by it. */
export const facts: ControlFacts<ShareWithOrganizationsParameters> = {
  kind: 'custom',
  id: 'ami-public',
  title: 'public AMI',
  severity: 'high',
  resourceType: 'AWS::EC2::Image',
  parameters: shareWithOrganizationsParametersSchema,
  // https://docs.aws.amazon.com/service-authorization/latest/reference/list_amazonec2.html
  fixPermissions: [{ actions: ['ec2:ModifyImageAttribute'], on: 'resource' }],
};
