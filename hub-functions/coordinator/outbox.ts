import { type EventBridgeClient, PutEventsCommand } from '@aws-sdk/client-eventbridge';
import { longestNotice, longestTitle, type Notice, noticeDetailType } from '../../core/notice';
import { type RemediationReport, reportDetailType, reportSource } from '../../core/report';
import type { Ledger } from '../../ledger/ledger';
import { type PlaceNames, withNames } from '../../ledger/place-names';
import type { FindingRecord } from '../../ledger/record';
import { reportSent } from '../../ledger/transitions';

/** Thrown when the bus did not take a report. It stays in the ledger, and the sweep sends it again. */
export class PublishError extends Error {
  override readonly name = 'PublishError';
}

/** Sends the reports that wait in ledger records to the hub's bus. */
export class Outbox {
  constructor(
    private readonly events: EventBridgeClient,
    private readonly eventBusName: string,
    private readonly ledger: Ledger,
    private readonly names: () => Promise<PlaceNames>,
  ) {}

  /**
   * Sends every report that waits in a record, and strikes each off the record once the bus has it. A crash in between
   * sends it once more, with the same id.
   * @returns the record as it is then
   * @throws PublishError when the bus refuses one
   */
  async send(record: FindingRecord): Promise<FindingRecord> {
    let current = record;
    for (const report of Object.values(record.pendingReports)) {
      await this.publish(report);
      current = await this.ledger.change(current, (fresh) =>
        Object.hasOwn(fresh.pendingReports, report.reportId) ? reportSent(fresh, report.reportId) : undefined,
      );
    }
    return current;
  }

  private async publish(report: RemediationReport): Promise<void> {
    const { accountId } = report.finding;
    const names = await this.names();
    const [accountName, unit] = [names.account(accountId), names.unitOf(accountId)];
    const detail: RemediationReport = {
      ...report,
      ...(accountName !== undefined && { accountName }),
      ...(unit !== undefined && { unit }),
    };
    return publish(this.events, this.eventBusName, {
      id: report.reportId,
      detailType: reportDetailType,
      at: report.at,
      detail,
    });
  }
}

/**
 * Puts a notice on the hub's bus, with the names of the accounts and units that it mentions by id.
 * @throws PublishError when the bus refuses it
 */
export async function publishNotice(
  events: EventBridgeClient,
  eventBusName: string,
  notice: Notice,
  names: () => Promise<PlaceNames>,
): Promise<void> {
  const { noticeId: id, at } = notice;
  const known = await names();
  const named = (said: string, longest: number) => {
    const text = withNames(said, known);
    return text.length <= longest ? text : said;
  };
  const detail: Notice = {
    ...notice,
    title: named(notice.title, longestTitle),
    text: named(notice.text, longestNotice),
  };
  return publish(events, eventBusName, { id, detailType: noticeDetailType, at, detail });
}

/** PutEvents answers 200 also when it took nothing: https://docs.aws.amazon.com/eventbridge/latest/userguide/eb-putevents.html */
async function publish(
  events: EventBridgeClient,
  eventBusName: string,
  { id, detailType, at, detail }: { id: string; detailType: string; at: string; detail: object },
): Promise<void> {
  const { FailedEntryCount: failed = 0, Entries: entries = [] } = await events.send(
    new PutEventsCommand({
      Entries: [
        {
          EventBusName: eventBusName,
          Source: reportSource,
          DetailType: detailType,
          Time: new Date(at),
          Detail: JSON.stringify(detail),
        },
      ],
    }),
  );
  if (failed === 0) return;
  const { ErrorCode: code = 'no code', ErrorMessage: message = 'no message' } = entries[0] ?? {};
  throw new PublishError(`The bus did not take ${id}: ${code}: ${message}`);
}
