import type { ManagedControl } from '../control';

/**
 * Watches the account's password policy with AWS Config's managed rule:
 * https://docs.aws.amazon.com/config/latest/developerguide/iam-password-policy.html
 * The policy is one for the whole account, so one Region reports it.
 */
export const control: ManagedControl = {
  kind: 'managed',
  id: 'iam-password-policy',
  title: 'weak IAM password policy',
  severity: 'medium',
  sourceIdentifier: 'IAM_PASSWORD_POLICY',
  inputParameters: {
    RequireUppercaseCharacters: 'true',
    RequireLowercaseCharacters: 'true',
    RequireSymbols: 'true',
    RequireNumbers: 'true',
    MinimumPasswordLength: '14',
    PasswordReusePrevention: '24',
    MaxPasswordAge: '90',
  },
  regions: 'home',
};
