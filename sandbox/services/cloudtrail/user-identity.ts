import type { Principal } from '../../gateway/api';

/**
 * Who made a call, as CloudTrail writes it. The sandbox knows no access keys and no unique ids here, so that both are missing.
 * https://docs.aws.amazon.com/awscloudtrail/latest/userguide/cloudtrail-event-reference-user-identity.html
 */
export function userIdentity({ kind, arn, accountId, roleArn }: Principal): object {
  switch (kind) {
    case 'account':
      return { type: 'Root', principalId: accountId, arn, accountId };
    case 'role':
      return {
        type: 'AssumedRole',
        arn,
        accountId,
        sessionContext: {
          attributes: { mfaAuthenticated: 'false' },
          sessionIssuer: {
            type: 'Role',
            arn: roleArn,
            accountId,
            userName: roleArn?.slice(roleArn.lastIndexOf('/') + 1),
          },
        },
      };
    case 'service':
      return { type: 'AWSService', invokedBy: arn };
  }
}
