import { controlById } from '../../controls/registry';
import { printable } from '../../resources/kit/printable';
import { OperatorError } from '../errors';
import { latestOccurrences } from '../findings/finding-name';
import { LedgerFindings } from '../findings/ledger-findings';
import type { Hub } from '../hub/hub';
import type { ExplainedQuestion } from './explanation';
import { findingFacts } from './ledger-facts';

/** What is asked about, as a person named it. */
export interface Asked {
  account: string;
  control: string;
  resource?: string;
  resourceRegion?: string;
}

/** Thrown when a resource's Region has to be named. */
export class SeveralRegionsError extends OperatorError {
  override readonly name = 'SeveralRegionsError';

  constructor(resource: string, regions: readonly string[]) {
    super(`${printable(resource)} has findings in ${regions.join(', ')}. Which?`);
  }
}

/**
 * What the ledger knows of the resource.
 * @param hasLedger whether there is one to ask
 * @throws SeveralRegionsError when the resource has findings in several Regions, and none was named
 * @throws HubError when the hub cannot be asked
 */
export async function aboutResource(
  hub: Hub,
  accountId: string,
  { control, resource, resourceRegion }: Asked,
  hasLedger: boolean,
  now: Date,
): Promise<Pick<ExplainedQuestion, 'resource' | 'record' | 'ledger'>> {
  if (resource === undefined) return { ledger: {} };
  const region = resourceRegion ?? hub.region;
  if (!hasLedger) return { resource: { region, resourceId: resource }, ledger: {} };
  const all = await new LedgerFindings(hub).every();
  const records = latestOccurrences(all).filter(
    ({ identity }) =>
      identity.accountId === accountId &&
      identity.control === control &&
      identity.resourceId === resource &&
      (resourceRegion === undefined || identity.region === resourceRegion),
  );
  const [record, ...others] = records;
  if (others.length > 0) {
    throw new SeveralRegionsError(
      resource,
      records.map(({ identity }) => identity.region),
    );
  }
  const identity = record?.identity ?? {
    accountId,
    region,
    control,
    resourceType: typeOf(control),
    resourceId: resource,
  };
  return {
    resource: { region: identity.region, resourceId: resource },
    ...(record && { record }),
    ledger: await hub.ask('ledger', () => findingFacts(hub, identity, all, now)),
  };
}

/** What a control is about; nothing where it is none that can be fixed. */
function typeOf(control: string): string {
  const known = controlById(control);
  return known?.kind === 'custom' ? known.resourceType : '';
}
