import { type EventBridgeClient, PutEventsCommand } from '@aws-sdk/client-eventbridge';
import { type Notice, noticeDetailType } from '../../../core/notice';
import { type RemediationReport, reportDetailType, reportSource } from '../../../core/report';
import type { Ledger } from '../../../ledger/ledger';
import type { FindingRecord } from '../../../ledger/record';
import { reportSent } from '../../../ledger/transitions/rest';

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

  private publish(report: RemediationReport): Promise<void> {
    return publish(this.events, this.eventBusName, {
      id: report.reportId,
      detailType: reportDetailType,
      at: report.at,
      detail: report,
    });
  }
}

/**
 * Puts a notice on the hub's bus.
 * @throws PublishError when the bus refuses it
 */
export function publishNotice(
  events: EventBridgeClient,
  eventBusName: string,
  notice: Notice,
): Promise<void> {
  const { noticeId: id, at } = notice;
  return publish(events, eventBusName, { id, detailType: noticeDetailType, at, detail: notice });
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
