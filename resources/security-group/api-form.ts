import type { ApiForm } from '../kit/api-form';

/** Security groups, one by one or as they are listed. */
export const securityGroupApiForm: ApiForm = {
  form: 'a SecurityGroup, or the list of them',
  commands: ['aws ec2 describe-security-groups'],
};
