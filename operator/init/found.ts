import { DescribeOrganizationCommand } from '@aws-sdk/client-organizations';
import type { SavedStructure } from '../../config/saved-structure';
import { isClosedAccount } from '../../core/closed-account';
import type { AwsAccess } from '../aws/access';
import { inParallel } from '../aws/in-parallel';
import type { Reading } from '../aws/reading';
import type { TrailFacts } from '../doctor/before/facts';
import { ownRecorder } from '../doctor/before/judges/recorders';
import { readAccountBefore } from '../doctor/before/read/read-account-before';
import { readTrail } from '../doctor/before/read/read-trail';
import type { ExpectedAccount } from '../doctor/deployed/facts';
import { OperatorError } from '../errors';
import type { Hub } from '../hub/hub';
import { askStructure } from '../organization/ask-structure';
import { savedStructureOf } from '../organization/saved-structure';

/** The organization of whoever asks. */
export interface FoundOrganization {
  id: string;
  managementAccount: string;
  structure: SavedStructure;
}

/** Whose recorder an account has; `unknown` where it cannot be read. */
export type FoundRecorder = 'another' | 'none' | 'unknown';

/** What was found in an organization. */
export interface FoundParts {
  /** By account. */
  recorders: ReadonlyMap<string, FoundRecorder>;
  trail: Reading<TrailFacts | undefined>;
}

/**
 * The organization of whoever asks.
 * @throws OperatorError when AWS Organizations cannot be asked
 */
export async function foundOrganization(hub: Hub): Promise<FoundOrganization> {
  const { Organization: organization } = await hub.ask('organization', () =>
    hub.organizations.send(new DescribeOrganizationCommand({})),
  );
  const { Id: id, MasterAccountId: managementAccount } = organization ?? {};
  if (id === undefined || managementAccount === undefined)
    throw new OperatorError('AWS Organizations names no organization. Try again.');
  return { id, managementAccount, structure: savedStructureOf(await askStructure(hub)) };
}

/** What is asked of the accounts of an organization. */
export interface FoundQuestion {
  access: AwsAccess;
  organization: FoundOrganization;
  region: string;
  regions: readonly string[];
  /** A role in members that the caller may assume; the usual ones where left out. */
  memberRole?: string;
}

/** Accounts that are read at the same time. */
const accountsAtOnce = 25;

/** What recorders and which trail there are. What cannot be read is unknown. */
export async function foundParts(hub: Hub, question: FoundQuestion): Promise<FoundParts> {
  const { access, organization, region, memberRole } = question;
  const { account: caller } = await hub.ask('caller', () => hub.caller());
  const entry = { access, caller, region, ...(memberRole !== undefined && { memberRole }) };
  const open = organization.structure.accounts.filter(
    ({ id, status }) => id !== organization.managementAccount && !isClosedAccount({ Status: status }),
  );
  let through = 0;
  const found = await hub.host.progress(
    () => `Asking accounts for recorders: ${through} of ${open.length}`,
    () =>
      inParallel(open, accountsAtOnce, async ({ id, name, parentId }): Promise<[string, FoundRecorder]> => {
        const { recorders } = await readAccountBefore(asAny(id, name, parentId), [], entry, question.regions);
        through += 1;
        return [id, recorderOf([...recorders.values()])];
      }),
  );
  return { recorders: new Map(found), trail: await readTrail(access, { region }) };
}

/** An account of which the policy says nothing yet. */
function asAny(accountId: string, name: string, unitId: string): ExpectedAccount {
  return {
    accountId,
    name,
    unitId,
    recorder: 'own',
    mayBeDaily: false,
    remediation: false,
    pilot: false,
    sets: [],
  };
}

function recorderOf(regions: readonly Reading<{ name: string } | undefined>[]): FoundRecorder {
  const isAnybodys = (of: Reading<{ name: string } | undefined>) =>
    'read' in of && of.read !== undefined && of.read.name !== ownRecorder;
  if (regions.some(isAnybodys)) return 'another';
  return regions.every((of) => 'read' in of) ? 'none' : 'unknown';
}
