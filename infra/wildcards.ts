import { Aws, Validations } from 'aws-cdk-lib';
import type { Construct } from 'constructs';

/**
 * Tells cdk-nag why a role's policy names resources by a wildcard. Each has to be told by itself, so that a new
 * wildcard fails the checks until somebody gives a reason for it.
 * @param role what the policy belongs to
 * @param reasons by resource, exactly as the policy's statement names it
 */
export function acknowledgeWildcards(role: Construct, reasons: Readonly<Record<string, string>>): void {
  for (const [resource, reason] of Object.entries(reasons)) {
    const shown = resource.replaceAll(Aws.ACCOUNT_ID, '<AWS::AccountId>');
    Validations.of(role).acknowledge({ id: `AwsSolutions-IAM5[Resource::${shown}]`, reason });
  }
}
