import { type EventBridgeClient, PutEventsCommand } from '@aws-sdk/client-eventbridge';
import { findingEventDetailType, findingEventOf, type StateChange } from '../../../core/finding-event';
import { type Notice, noticeDetailType } from '../../../core/notice';
import { type RemediationReport, reportDetailType, reportSource } from '../../../core/report';
import type { Ledger } from '../../../ledger/findings/ledger';
import type { FindingRecord } from '../../../ledger/findings/record';
import { told } from '../../../ledger/transitions/rest';
import { factsOf, isFixableResourceType } from '../../../resources/resource-types';

/** Thrown when the bus did not take something. It stays in the ledger, and the sweep sends it again. */
export class PublishError extends Error {
  override readonly name = 'PublishError';
}

/**
 * So many entries one call takes: https://docs.aws.amazon.com/eventbridge/latest/APIReference/API_PutEvents.html#API_PutEvents_RequestSyntax
 * They stay far below what a call may hold in all, 256 kB where it was least: a report has some 75 kB at most, an event 20 kB where it
 * is whole, of which there are three, and less than 1 kB where it is shortened.
 */
const mostEntries = 10;

/** Something to be put on the bus. */
interface Outgoing {
  id: string;
  detailType: string;
  at: string;
  detail: object;
}

/** Sends the reports and events that wait in ledger records to the hub's bus. */
export class Outbox {
  constructor(
    private readonly events: EventBridgeClient,
    private readonly eventBusName: string,
    private readonly ledger: Ledger,
  ) {}

  /**
   * Sends every report and every event that waits in a record, in their order, and strikes off the record what the bus has. A crash in
   * between sends it once more, with the same id.
   * @returns the record as it is then
   * @throws PublishError when the bus refuses one; nothing of a later call is sent then, so that no report overtakes another
   */
  async send(record: FindingRecord): Promise<FindingRecord> {
    let current = record;
    for (const { report, changes } of callsFor(record)) {
      const outgoing = [...(report ? [outgoingReport(report)] : []), ...changes.map(outgoingChange(record))];
      const refused = await put(this.events, this.eventBusName, outgoing);
      const isTaken = (index: number) => !refused.has(index);
      const sent = {
        reportIds: report && isTaken(0) ? [report.reportId] : [],
        sequences: changes
          .filter((_, index) => isTaken(index + (report ? 1 : 0)))
          .map(({ sequence }) => sequence),
      };
      current = await this.ledger.change(current, (fresh) => told(fresh, sent));
      throwFor(refused, outgoing);
    }
    return current;
  }
}

/** What goes in each call: one report at most, since a call may take an entry and refuse the one before. */
function callsFor({ pendingReports, pendingEvents = [] }: FindingRecord) {
  const calls: { report?: RemediationReport; changes: StateChange[] }[] = [];
  const reports = Object.values(pendingReports);
  const changes = [...pendingEvents];
  while (reports.length > 0 || changes.length > 0) {
    const report = reports.shift();
    calls.push({ ...(report && { report }), changes: changes.splice(0, mostEntries - (report ? 1 : 0)) });
  }
  return calls;
}

function outgoingReport(report: RemediationReport): Outgoing {
  return { id: report.reportId, detailType: reportDetailType, at: report.at, detail: report };
}

function outgoingChange(record: FindingRecord): (change: StateChange) => Outgoing {
  const { accountId, region, resourceType, resourceId } = record.identity;
  const arn = isFixableResourceType(resourceType)
    ? factsOf(resourceType).arn(accountId, region, resourceId)
    : undefined;
  return (change) => {
    const event = findingEventOf(record, change, arn);
    return { id: event.eventId, detailType: findingEventDetailType, at: event.at, detail: event };
  };
}

/**
 * Puts a notice on the hub's bus.
 * @throws PublishError when the bus refuses it
 */
export async function publishNotice(
  events: EventBridgeClient,
  eventBusName: string,
  notice: Notice,
): Promise<void> {
  const { noticeId: id, at } = notice;
  const outgoing = [{ id, detailType: noticeDetailType, at, detail: notice }];
  throwFor(await put(events, eventBusName, outgoing), outgoing);
}

/**
 * PutEvents answers 200 also when it took nothing, or not all:
 * https://docs.aws.amazon.com/eventbridge/latest/userguide/eb-putevents.html
 * @returns which entries the bus did not take, by their place, and why
 */
async function put(
  events: EventBridgeClient,
  eventBusName: string,
  outgoing: readonly Outgoing[],
): Promise<Map<number, string>> {
  const { FailedEntryCount: failed = 0, Entries: entries = [] } = await events.send(
    new PutEventsCommand({
      Entries: outgoing.map(({ detailType, at, detail }) => ({
        EventBusName: eventBusName,
        Source: reportSource,
        DetailType: detailType,
        Time: new Date(at),
        Detail: JSON.stringify(detail),
      })),
    }),
  );
  if (failed === 0) return new Map();
  // Where an answer does not say which, none counts as taken.
  const isTold = entries.length === outgoing.length;
  return new Map(
    outgoing.flatMap((_, index) => {
      const { ErrorCode: code, ErrorMessage: message = 'no message' } = entries[index] ?? {};
      if (isTold && code === undefined) return [];
      return [[index, `${code ?? 'no code'}: ${message}`] as const];
    }),
  );
}

/** @throws PublishError for the first that the bus did not take */
function throwFor(refused: ReadonlyMap<number, string>, outgoing: readonly Outgoing[]): void {
  const [first] = refused;
  if (!first) return;
  const [index, why] = first;
  throw new PublishError(`The bus did not take ${outgoing[index]?.id}: ${why}`);
}
