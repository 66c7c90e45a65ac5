import { partitionOf } from '../../../../core/partition';
import type { SessionCredentials } from '../../../../core/remediation';
import type { AwsAccess, CallPlace } from '../../../aws/access';
import { type Reading, reading } from '../../../aws/reading';
import { assumed } from '../../deployed/read/sessions';

/**
 * Roles by which the management account reaches members, where nobody names another: AWS Control Tower's, and the one that AWS
 * Organizations makes.
 * https://docs.aws.amazon.com/controltower/latest/userguide/roles-how.html
 * https://docs.aws.amazon.com/organizations/latest/userguide/orgs_manage_accounts_access.html
 */
const usualRoles = ['AWSControlTowerExecution', 'OrganizationAccountAccessRole'];

/** The shortest session that AWS gives: https://docs.aws.amazon.com/STS/latest/APIReference/API_AssumeRole.html */
const sessionSeconds = 900;

/** Whose credentials are there. */
export interface Entry {
  access: AwsAccess;
  /** Whose credentials the caller has. */
  caller: string;
  region: string;
  /** The role by which members are reached; the usual ones where left out. */
  memberRole?: string;
}

/**
 * Credentials by which an account is read: the caller's own in his own account, else a session of a role there.
 * @returns AWS's words where it gives none
 */
export async function credentialsIn(
  { access, caller, region, memberRole }: Entry,
  accountId: string,
): Promise<Reading<{ credentials?: SessionCredentials }>> {
  if (accountId === caller) return { read: {} };
  const place: CallPlace = { region };
  let last: Reading<{ credentials: SessionCredentials }> = { unread: 'no role is named' };
  for (const role of memberRole === undefined ? usualRoles : [memberRole]) {
    const RoleArn = `arn:${partitionOf(region)}:iam::${accountId}:role/${role}`;
    last = await reading(async () => ({
      credentials: await assumed(access, place, { RoleArn, DurationSeconds: sessionSeconds }),
    }));
    if ('read' in last) return last;
  }
  return last;
}
