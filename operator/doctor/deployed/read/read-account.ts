import { GetRoleCommand, IAMClient } from '@aws-sdk/client-iam';
import { orWhenMissing } from '../../../../resources/kit/aws-error';
import { type AwsAccess, type CallPlace, withClient } from '../../../aws/access';
import { type Reading, reading } from '../../../aws/reading';
import type { AccountFacts, ExpectedAccount, PlaceFacts } from '../facts';
import { readPlace, unreadPlace } from './read-place';
import { memberSession } from './sessions';

/** What is read of an account. */
export interface AccountReading {
  account: AccountFacts;
  places: PlaceFacts[];
}

/** What an account is read by. */
export interface AccountQuestion {
  access: AwsAccess;
  /** The hub's Region, with the session of the doctor's role. */
  hub: Reading<CallPlace>;
  regions: readonly string[];
  /** Roles that should be there beside the one by which it is read. */
  rolesOf(account: ExpectedAccount): readonly string[];
}

/** Reads an account by the role that the hub has there. What cannot be read is unread, and no error. */
export async function readAccount(
  expected: ExpectedAccount,
  { access, hub, regions, rolesOf }: AccountQuestion,
): Promise<AccountReading> {
  if ('unread' in hub) return unreadAccount(expected, regions, hub.unread);
  const session = await reading(() => memberSession(access, expected.accountId, hub.read));
  if ('unread' in session) return unreadAccount(expected, regions, session.unread);
  const credentials = session.read;
  const [roles, ...places] = await Promise.all([
    reading(() => readRoles(access, { region: hub.read.region, credentials }, rolesOf(expected))),
    ...regions.map((region) => readPlace(access, expected.accountId, { region, credentials })),
  ]);
  return { account: { ...expected, session: { read: true }, roles }, places };
}

function unreadAccount(
  expected: ExpectedAccount,
  regions: readonly string[],
  unread: string,
): AccountReading {
  return {
    account: { ...expected, session: { unread }, roles: { unread } },
    places: regions.map((region) => unreadPlace(expected.accountId, region, unread)),
  };
}

function readRoles(
  access: AwsAccess,
  place: CallPlace,
  names: readonly string[],
): Promise<ReadonlyMap<string, boolean>> {
  return withClient(access, IAMClient, place, async (iam) => {
    const found = await Promise.all(
      names.map(async (RoleName): Promise<[string, boolean]> => {
        const role = iam.send(new GetRoleCommand({ RoleName }));
        return [
          RoleName,
          (await orWhenMissing(role, ['NoSuchEntity', 'NoSuchEntityException'], undefined)) !== undefined,
        ];
      }),
    );
    return new Map(found);
  });
}
