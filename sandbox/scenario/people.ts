import { CreateRoleCommand, IAMClient, PutRolePolicyCommand } from '@aws-sdk/client-iam';
import { rights } from '../../core/right';
import type { Place } from '../events';
import type { Gateway } from '../gateway/api';
import { manyCalls } from '../many-calls';
import { invokeOrders, operatorStatements } from './operator-policy';
import { slackSecurityGroup, slackUsers } from './slack';

/** The roles with which people try out their rights, by whom they are for. */
export const peopleRoles = {
  /** Of each account: owners, who decide on their own account as far as the policy says. */
  owners: 'StaunchOwners',
  /** Of each account: somebody who may knock as well, and to whom the policy gives nothing. */
  developer: 'Developer',
  /** Of the hub: the security team, as a plain role. */
  security: 'SecurityTeam',
  /**
   * Of the hub: the security team's persons, as IAM Identity Center makes a role for a permission set. Its sessions are named after
   * persons: https://docs.aws.amazon.com/singlesignon/latest/userguide/referencingpermissionsets.html
   */
  person: 'AWSReservedSSO_SecurityTeam_0123456789abcdef',
  /** Of the hub: a pipeline's job, which may compare a policy with the deployed one. */
  preview: 'PolicyPreview',
} as const;

/** Persons of the security team, by their e-mail addresses, after whom sessions of `person` are named. */
export const securityPersons = ['alice@example.com', 'bob@example.com'] as const;

/**
 * What the scenario's policy says of people: owners decide on their own account, the security team on all, a job previews, and
 * nobody else may anything. In Slack it is the security team's user group, one of its members by name, and the owner of one account.
 * @param ownedAccountId that account
 */
export function peopleOf(hubAccountId: string, ownedAccountId: string): object[] {
  const permissionSet = 'SecurityTeam';
  return [
    { who: [{ owners: peopleRoles.owners }], may: ['view', 'approve', 'deny', 'pause'] },
    {
      who: [
        { role: peopleRoleArn(hubAccountId, peopleRoles.security) },
        ...securityPersons.map((email) => ({ person: { permissionSet, email } })),
      ],
      may: rights,
    },
    { who: [{ role: peopleRoleArn(hubAccountId, peopleRoles.preview) }], may: ['preview'] },
    {
      who: [{ slackGroup: slackSecurityGroup }, { slackUser: slackUsers.bob }],
      may: rights.filter((right) => right !== 'preview' && right !== 'limits'),
    },
    {
      who: [{ slackUser: slackUsers.owner }],
      may: ['view', 'approve', 'deny'],
      where: { accounts: [ownedAccountId] },
    },
  ];
}

const pathOfPersons = '/aws-reserved/sso.amazonaws.com/';

/** ARN of one of these roles, which the account's administrator may assume. */
export function peopleRoleArn(
  accountId: string,
  role: (typeof peopleRoles)[keyof typeof peopleRoles],
): string {
  return `arn:aws:iam::${accountId}:role${role === peopleRoles.person ? pathOfPersons : '/'}${role}`;
}

/**
 * Creates the roles of people in an account, as its administrator would; Identity Center's, of which nobody else could, too. All of
 * them may knock at the hub's API, and the security team's have an operator's rights in the hub.
 */
export async function createPeopleRoles(
  gateway: Pick<Gateway, 'endpoint' | 'administratorOf'>,
  accountId: string,
  hub: Place,
): Promise<void> {
  // IAM has one endpoint, in this Region: https://docs.aws.amazon.com/general/latest/gr/iam-service.html
  const iam = new IAMClient({
    ...manyCalls,
    region: 'us-east-1',
    endpoint: gateway.endpoint,
    credentials: gateway.administratorOf(accountId),
  });
  const { owners, developer, security, person, preview } = peopleRoles;
  const all =
    accountId === hub.accountId ? [owners, developer, security, person, preview] : [owners, developer];
  for (const RoleName of all) {
    await iam.send(
      new CreateRoleCommand({
        RoleName,
        ...(RoleName === person && { Path: pathOfPersons }),
        AssumeRolePolicyDocument: policyOf([
          {
            Effect: 'Allow',
            Principal: { AWS: `arn:aws:iam::${accountId}:root` },
            Action: 'sts:AssumeRole',
          },
        ]),
      }),
    );
    await iam.send(
      new PutRolePolicyCommand({
        RoleName,
        PolicyName: 'orders',
        PolicyDocument: policyOf(isOperators(RoleName) ? operatorStatements(hub) : [invokeOrders(hub)]),
      }),
    );
  }
  iam.destroy();
}

/** Whether a role is of the hub's operators, who read the ledger and the organization themselves. */
function isOperators(roleName: string): boolean {
  return roleName === peopleRoles.security || roleName === peopleRoles.person;
}

function policyOf(Statement: readonly object[]): string {
  return JSON.stringify({ Version: '2012-10-17', Statement });
}
