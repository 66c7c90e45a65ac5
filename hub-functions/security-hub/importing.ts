import {
  type AwsSecurityFinding,
  BatchImportFindingsCommand,
  GetFindingsCommand,
  type SecurityHubClient,
} from '@aws-sdk/client-securityhub';
import type { FindingEvent } from '../../core/finding-event';
import { asffOf, productArn, type SecurityHubPlace, securityHubId } from './asff';

/** What importing takes. */
export interface ImportingParts {
  client: Pick<SecurityHubClient, 'send'>;
  place: SecurityHubPlace;
  /** The title of a control by its id; undefined where there is no such control. */
  titleOf: (controlId: string) => string | undefined;
  log: Record<'info' | 'warn', (message: string, details: Record<string, unknown>) => void>;
}

/** Thrown for an event whose finding Security Hub did not take. It is tried again. */
export class ImportError extends Error {
  override readonly name = 'ImportError';
}

/**
 * Imports what findings came to into Security Hub, in one call. Events may come twice, late and in any order: of each finding the latest
 * counts, and nothing older than what is there is imported. What a person suppressed there is left as it is.
 * @param events 20 at most, as many ids as one filter takes
 * @returns for each event, in order, undefined, or why it has to come again
 * @throws AWS's own error when a call was refused: all of them have to come again
 */
export async function importEvents(
  parts: ImportingParts,
  events: readonly FindingEvent[],
): Promise<(ImportError | undefined)[]> {
  const latest = latestOf(events);
  if (latest.size === 0) return [];
  const known = await existing(parts, [...latest.keys()]);
  const wanted = [...latest].filter(([id, event]) => isWanted(parts, event, known.get(id)));
  const refused = await imported(
    parts,
    wanted.map(([, event]) => event),
  );
  return events.map((event) => refused.get(securityHubId(event)));
}

/** The latest event of each finding. An event that is older says nothing that is still so. */
function latestOf(events: readonly FindingEvent[]): Map<string, FindingEvent> {
  const latest = new Map<string, FindingEvent>();
  for (const event of events) {
    const id = securityHubId(event);
    const before = latest.get(id);
    if (before === undefined || isAfter(event, before)) latest.set(id, event);
  }
  return latest;
}

function isAfter(event: FindingEvent, other: FindingEvent): boolean {
  if (event.occurrence !== other.occurrence) return event.occurrence > other.occurrence;
  return event.sequence > other.sequence;
}

/** https://docs.aws.amazon.com/securityhub/1.0/APIReference/API_GetFindings.html */
async function existing(
  { client, place }: ImportingParts,
  ids: readonly string[],
): Promise<Map<string, AwsSecurityFinding>> {
  const found = new Map<string, AwsSecurityFinding>();
  const wanted = new Set(ids);
  let next: string | undefined;
  do {
    const { Findings = [], NextToken } = await client.send(
      new GetFindingsCommand({
        Filters: {
          ProductArn: [{ Value: productArn(place), Comparison: 'EQUALS' }],
          Id: ids.map((Value) => ({ Value, Comparison: 'EQUALS' })),
        },
        MaxResults: 100,
        ...(next !== undefined && { NextToken: next }),
      }),
    );
    for (const finding of Findings) if (wanted.has(finding.Id ?? '')) found.set(finding.Id ?? '', finding);
    next = NextToken;
  } while (next);
  return found;
}

/**
 * Security Hub passes over an update that is not later than what it has; it is not asked for nothing. What was closed is imported also
 * where it was never there, since an earlier event may still come, and may not open it then; but for what was never open at all.
 * https://docs.aws.amazon.com/securityhub/latest/userguide/finding-update-batchimportfindings.html
 */
function isWanted(
  { log }: ImportingParts,
  event: FindingEvent,
  known: AwsSecurityFinding | undefined,
): boolean {
  if (known === undefined) return event.open || event.state === 'fixed' || event.sequence > 1;
  if (known.Workflow?.Status === 'SUPPRESSED') {
    log.info('A person has suppressed it: it is left as it is', { id: known.Id });
    return false;
  }
  return known.UpdatedAt === undefined || Date.parse(known.UpdatedAt) < Date.parse(event.at);
}

/** @returns why Security Hub did not take a finding, by its id */
async function imported(
  { client, place, titleOf, log }: ImportingParts,
  events: readonly FindingEvent[],
): Promise<Map<string, ImportError>> {
  if (events.length === 0) return new Map();
  const { FailedFindings = [] } = await client.send(
    new BatchImportFindingsCommand({
      Findings: events.map((event) =>
        asffOf(event, titleOf(event.finding.control) ?? event.finding.control, place),
      ),
    }),
  );
  const refused = new Map(
    FailedFindings.map(({ Id = '', ErrorCode, ErrorMessage }) => [
      Id,
      new ImportError(`Security Hub did not take ${Id}: ${ErrorCode}: ${ErrorMessage}`),
    ]),
  );
  log.info('Imported', { findings: events.length - refused.size, refused: refused.size });
  return refused;
}
