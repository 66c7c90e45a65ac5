import type { Role } from '../../services/iam/roles';
import type { Principal } from '../api';

/** The principal of a role's session. https://docs.aws.amazon.com/IAM/latest/UserGuide/reference_identifiers.html#identifiers-arns */
export function roleSession(role: Role, sessionName: string, sessionPolicy?: string): Principal {
  return {
    kind: 'role',
    accountId: role.accountId,
    arn: `arn:aws:sts::${role.accountId}:assumed-role/${role.name}/${sessionName}`,
    roleArn: role.arn,
    ...(sessionPolicy !== undefined && { sessionPolicy }),
  };
}

/** `aws:userid` of a role's session. */
export function roleUserId(role: Role, sessionName: string): string {
  return `${role.id}:${sessionName}`;
}
