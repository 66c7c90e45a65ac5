import { AssumeRoleCommand, STSClient } from '@aws-sdk/client-sts';
import { doctorPermissions } from '../../../../core/doctor-permissions';
import { grantsOf } from '../../../../core/grants';
import { roleArn, roleNames } from '../../../../core/names';
import { partitionOf } from '../../../../core/partition';
import type { SessionCredentials } from '../../../../core/remediation';
import { type AwsAccess, type CallPlace, withClient } from '../../../aws/access';

/** Shows in CloudTrail whose calls they were. */
const sessionName = 'staunch-doctor';
/** The shortest session that AWS gives: https://docs.aws.amazon.com/STS/latest/APIReference/API_AssumeRole.html */
const sessionSeconds = 900;

/**
 * A session of the hub's role for the doctor, which the members' role for reading trusts. Principals of the hub's account may assume it
 * where their own policies allow that.
 * @param place the hub's Region, with the caller's credentials
 * @throws the SDK's errors
 */
export function doctorSession(
  access: AwsAccess,
  hubAccount: string,
  place: CallPlace,
): Promise<SessionCredentials> {
  // An hour is the longest of a session that another role has taken.
  return assumed(access, place, {
    RoleArn: roleArn(hubAccount, roleNames.doctor, partitionOf(place.region)),
    DurationSeconds: 3_600,
  });
}

/**
 * A session of the role by which the hub reads an account, for no more than the doctor's questions.
 * @param place the hub's Region, with a session of the doctor's role
 * @throws the SDK's errors
 */
export function memberSession(
  access: AwsAccess,
  accountId: string,
  place: CallPlace,
): Promise<SessionCredentials> {
  const partition = partitionOf(place.region);
  const grants = grantsOf(doctorPermissions, { resource: '*', accountId, region: '*', partition });
  const Policy = JSON.stringify({
    Version: '2012-10-17',
    Statement: grants.map(({ actions: Action, resource: Resource }) => ({
      Effect: 'Allow',
      Action,
      Resource,
    })),
  });
  return assumed(access, place, {
    RoleArn: roleArn(accountId, roleNames.patrol, partitionOf(place.region)),
    DurationSeconds: sessionSeconds,
    Policy,
  });
}

/**
 * A session of the role by which the doctor sends probes from an account.
 * @param place the hub's Region, with a session of the doctor's role
 * @param mark names the session: CloudTrail records it with each call
 * @throws the SDK's errors
 */
export function probeSession(
  access: AwsAccess,
  accountId: string,
  place: CallPlace,
  mark: string,
): Promise<SessionCredentials> {
  return assumed(access, place, {
    RoleArn: roleArn(accountId, roleNames.probe, partitionOf(place.region)),
    DurationSeconds: sessionSeconds,
    RoleSessionName: mark,
  });
}

/**
 * Assumes a role.
 * @throws the SDK's errors
 */
export async function assumed(
  access: AwsAccess,
  place: CallPlace,
  role: { RoleArn: string; DurationSeconds: number; Policy?: string; RoleSessionName?: string },
): Promise<SessionCredentials> {
  return withClient(access, STSClient, place, async (sts) => {
    const answer = await sts.send(new AssumeRoleCommand({ RoleSessionName: sessionName, ...role }));
    const { AccessKeyId = '', SecretAccessKey = '', SessionToken = '' } = answer.Credentials ?? {};
    return { accessKeyId: AccessKeyId, secretAccessKey: SecretAccessKey, sessionToken: SessionToken };
  });
}
