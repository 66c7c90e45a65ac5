import { GetRoleCommand, GetUserCommand, IAMClient } from '@aws-sdk/client-iam';
import type { CompiledPolicy } from '../../config/compiled';
import type { Hub } from '../hub/hub';
import type { OrganizationStructure } from '../organization/structure';
import { listed } from '../text/listed';

/** A role or a user that the policy names among people. */
export interface NamedPrincipal {
  type: 'role' | 'user';
  account: string;
  name: string;
  /** The line that names it. */
  source: string;
}

/** The roles and users that people and breakGlass name, each once. Pure. */
export function namedPrincipals({ people }: CompiledPolicy): NamedPrincipal[] {
  const lists = [...(people?.entries ?? []), ...(people?.breakGlass ? [people.breakGlass] : [])];
  const named = lists.flatMap(({ who, source }) =>
    who.flatMap((one): NamedPrincipal[] => {
      if ('role' in one) return [{ type: 'role', ...one.role, source }];
      return 'user' in one ? [{ type: 'user', ...one.user, source }] : [];
    }),
  );
  const byName = named.toReversed().map((one) => [`${one.type} ${one.account} ${one.name}`, one] as const);
  return [...new Map(byName).values()].reverse();
}

/** Whether IAM has a role or a user of the caller's account; undefined where it does not say. */
export type Exists = (principal: NamedPrincipal) => Promise<boolean | undefined>;

/**
 * Warns of roles and users that do not exist, as far as these credentials can tell: those of their own account. What could not be told
 * is said in one line.
 * @param exists asks IAM
 */
export async function principalsSeen(
  hub: Pick<Hub, 'ask' | 'caller' | 'region'>,
  principals: readonly NamedPrincipal[],
  { accounts }: OrganizationStructure,
  exists: Exists = (principal) => existsInIam(hub.region, principal),
): Promise<string[]> {
  if (principals.length === 0) return [];
  const caller = await hub.ask('caller', () => hub.caller());
  const seen = await Promise.all(
    principals.map(async (principal) => {
      if (!accounts.some(({ id }) => id === principal.account)) return { principal, is: 'a stranger' };
      const found = principal.account === caller.account ? await exists(principal) : undefined;
      return { principal, is: found === undefined ? 'untold' : found ? 'there' : 'missing' };
    }),
  );
  const those = (is: string) => seen.filter((one) => one.is === is).map(({ principal }) => textOf(principal));
  const line = (parts: string[], before: string, after: string) =>
    parts.length === 0 ? [] : [`${before}${listed(parts)}${after}`];
  return [
    ...line(those('missing'), 'Warning: people names what does not exist: ', '.'),
    ...line(
      those('a stranger'),
      'Warning: people names what is of no account of the organization, and can give no order: ',
      '.',
    ),
    ...line(those('untold'), 'It could not be told with these credentials whether there is ', '.'),
  ];
}

function textOf({ type, account, name, source }: NamedPrincipal): string {
  return `${type} ${name} of account ${account} (${source})`;
}

/**
 * Asks IAM of the caller's account.
 * https://docs.aws.amazon.com/IAM/latest/APIReference/API_GetRole.html
 * https://docs.aws.amazon.com/IAM/latest/APIReference/API_GetUser.html
 */
async function existsInIam(region: string, { type, name }: NamedPrincipal): Promise<boolean | undefined> {
  const iam = new IAMClient({ region });
  try {
    if (type === 'role') await iam.send(new GetRoleCommand({ RoleName: name }));
    else await iam.send(new GetUserCommand({ UserName: name }));
    return true;
  } catch (error) {
    return error instanceof Error && error.name === 'NoSuchEntityException' ? false : undefined;
  } finally {
    iam.destroy();
  }
}
