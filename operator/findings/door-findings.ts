import type { FindingIdentity } from '../../core/finding';
import { ledgerTableName } from '../../core/names';
import type { OrderAnswer } from '../../core/order';
import { RecordError } from '../../ledger/errors';
import type { PlaceNames } from '../../ledger/place-names';
import type { FindingRecord } from '../../ledger/record';
import { parseFindingRecord } from '../../ledger/record-item';
import { type UndoExemption, undoExemptionSchema } from '../../ledger/undo-exemption';
import type { OrderedHub } from '../hub/asked-hub';
import { askHub } from '../orders/give-order';
import type { FindingSource, KnownBeside } from './finding-source';

type Places = NonNullable<OrderAnswer['places']>;

/** Has the hub tell findings by its door for orders: those that whoever asks may see, and no others. */
export class DoorFindings implements FindingSource {
  private places: Places = {};

  constructor(private readonly hub: OrderedHub) {}

  async every(): Promise<FindingRecord[]> {
    const records: FindingRecord[] = [];
    let next: string | undefined;
    do {
      const page = { ...(next !== undefined && { next }) };
      const answer = await askHub(this.hub, { order: 'findings', ...page });
      records.push(...this.recordsOf(answer));
      next = answer.next;
    } while (next !== undefined);
    return records;
  }

  async read(identity: FindingIdentity, occurrence?: number): Promise<FindingRecord | undefined> {
    const [record] = this.recordsOf(await this.ask(identity, occurrence));
    return record;
  }

  async beside(record: FindingRecord): Promise<KnownBeside> {
    const exemption = await this.exemption(record);
    return exemption ? { exemption } : {};
  }

  async exemption({ identity, occurrence }: FindingRecord): Promise<UndoExemption | undefined> {
    const { exemption } = await this.ask(identity, occurrence);
    const parsed = undoExemptionSchema.safeParse(exemption);
    return parsed.success ? parsed.data : undefined;
  }

  /** The hub refuses to tell of an account that it does not know, or whose findings whoever asks may not see. */
  async isUnknown(account: string): Promise<boolean> {
    await askHub(this.hub, { order: 'findings', account });
    return false;
  }

  async paused(): Promise<undefined> {
    return undefined;
  }

  /** Of accounts whose findings were told, and of no units: those need the whole organization. */
  async names(): Promise<PlaceNames> {
    return {
      account: (id) => this.placeOf(id)?.name,
      unitOf: (accountId) => this.placeOf(accountId)?.unit,
      unit: () => undefined,
    };
  }

  private placeOf(accountId: string): Places[string] | undefined {
    return Object.hasOwn(this.places, accountId) ? this.places[accountId] : undefined;
  }

  private ask({ accountId, region, control, resourceId }: FindingIdentity, occurrence: number | undefined) {
    return askHub(this.hub, {
      order: 'finding',
      finding: { accountId, region, control, resourceId },
      ...(occurrence !== undefined && { occurrence }),
    });
  }

  private recordsOf({ findings = [], places = {} }: OrderAnswer): FindingRecord[] {
    this.places = { ...this.places, ...places };
    return findings.flatMap((told) => {
      try {
        return [parseFindingRecord(told, ledgerTableName)];
      } catch (error) {
        if (!(error instanceof RecordError)) throw error;
        this.hub.host.leftOut(error);
        return [];
      }
    });
  }
}
