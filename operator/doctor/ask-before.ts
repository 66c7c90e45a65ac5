import { hubExecutions } from '../../config/concurrency';
import type { Organization } from '../../config/organization';
import { StructurePlaces } from '../../config/structure-places';
import { recordedTypesOf } from '../../controls/recorded-types';
import { customControls } from '../../controls/registry';
import { configBucketName } from '../../core/names';
import type { AwsAccess } from '../aws/access';
import { inParallel } from '../aws/in-parallel';
import type { Reading } from '../aws/reading';
import type { Hub } from '../hub/hub';
import { askStructure } from '../organization/ask-structure';
import { savedStructureOf } from '../organization/saved-structure';
import { beforeChecks } from './before/checks';
import type { AccountBefore, BeforeFacts } from './before/facts';
import { credentialsIn, type Entry } from './before/read/credentials';
import { readAccountBefore, readOptIns } from './before/read/read-account-before';
import { readHubBefore } from './before/read/read-hub-before';
import { readOrganization } from './before/read/read-organization';
import { readTrail } from './before/read/read-trail';
import { type Diagnosis, diagnosisOf } from './doctor';
import { expectedAccounts } from './expected-accounts';
import { judged } from './verdict';

/** What is asked before a deployment. */
export interface BeforeQuestion {
  access: AwsAccess;
  organization: Organization;
  /** A role in members that the caller may assume; the usual ones where left out. */
  memberRole?: string;
}

/** Accounts that are read at the same time: AWS counts most of these calls for each account alone. */
const accountsAtOnce = 25;

/**
 * Whether an organization is ready for the deployment of a policy, and what stands against it.
 * @param hub reached with credentials of the management account, or of the account that will be the hub
 * @throws OperatorError when AWS Organizations cannot be asked
 */
export async function askBefore(hub: Hub, question: BeforeQuestion): Promise<Diagnosis> {
  const facts = await readBefore(hub, question);
  return diagnosisOf(judged(beforeChecks, facts), facts.accounts);
}

/** Reads everything that the checks judge by, once. What cannot be read is unknown, and the rest is read all the same. */
async function readBefore(
  asked: Hub,
  { access, organization, memberRole }: BeforeQuestion,
): Promise<BeforeFacts> {
  const { hub, regions, limits } = organization;
  const { managementAccount } = organization.organization;
  const { account: caller } = await asked.ask('caller', () => asked.caller());
  const structure = savedStructureOf(await askStructure(asked));
  const expected = expectedAccounts(organization, structure);
  const entry: Entry = {
    access,
    caller,
    region: hub.region,
    ...(memberRole !== undefined && { memberRole }),
  };
  const bucketName = configBucketName(hub);
  const place = { region: hub.region };
  return {
    caller,
    hub,
    managementAccount,
    regions,
    executionsNeeded: hubExecutions(limits.concurrency),
    recordedTypes: recordedTypesOf(customControls),
    bucketName,
    ...(await readOrganization(access, place)),
    hubIsMember: structure.accounts.some(({ id }) => id === hub.account),
    trail: await readTrail(access, place),
    hubFacts: await readHubBefore(entry, hub, bucketName),
    managementOptIns: await optInsOf(entry, managementAccount),
    accounts: await readAccounts(asked, {
      expected,
      entry,
      regions,
      places: new StructurePlaces(structure),
    }),
  };
}

async function optInsOf(entry: Entry, accountId: string): Promise<Reading<ReadonlyMap<string, string>>> {
  const session = await credentialsIn(entry, accountId);
  return 'unread' in session ? session : readOptIns(entry.access, { region: entry.region, ...session.read });
}

interface AccountsQuestion {
  expected: ReturnType<typeof expectedAccounts>;
  entry: Entry;
  regions: readonly string[];
  places: StructurePlaces;
}

/** Of what is not covered nothing is read. */
function readAccounts(
  { host }: Hub,
  { expected, entry, regions, places }: AccountsQuestion,
): Promise<AccountBefore[]> {
  let through = 0;
  return host.progress(
    () => `Asking accounts: ${through} of ${expected.length}`,
    () =>
      inParallel(expected, accountsAtOnce, async (account) => {
        const chain = [account.accountId, ...places.chainOf(account.unitId).map(({ id }) => id)];
        through += 1;
        if (account.notCovered !== undefined)
          return { ...account, chain, optIns: { unread: 'not asked' }, recorders: new Map() };
        return readAccountBefore(account, chain, entry, regions);
      }),
  );
}
