import { type EventBridgeClient, PutEventsCommand } from '@aws-sdk/client-eventbridge';
import { type RemediationReport, reportDetailType, reportSource } from '../../contract/report';
import type { Ledger } from '../ledger/ledger';
import type { FindingRecord } from '../ledger/record';
import { reportSent } from '../ledger/transitions';

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

  /** PutEvents answers 200 also when it took nothing: https://docs.aws.amazon.com/eventbridge/latest/userguide/eb-putevents.html */
  private async publish(report: RemediationReport): Promise<void> {
    const { FailedEntryCount: failed = 0, Entries: entries = [] } = await this.events.send(
      new PutEventsCommand({
        Entries: [
          {
            EventBusName: this.eventBusName,
            Source: reportSource,
            DetailType: reportDetailType,
            Time: new Date(report.at),
            Detail: JSON.stringify(report),
          },
        ],
      }),
    );
    if (failed === 0) return;
    const { ErrorCode: code = 'no code', ErrorMessage: message = 'no message' } = entries[0] ?? {};
    throw new PublishError(`The bus did not take report ${report.reportId}: ${code}: ${message}`);
  }
}
