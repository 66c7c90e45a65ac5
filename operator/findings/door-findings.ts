import type { FindingIdentity } from '../../core/finding';
import { ledgerTableName } from '../../core/names';
import type { OrderAnswer } from '../../core/order';
import { present } from '../../core/present';
import type { FindingRecord } from '../../ledger/findings/record';
import { parseFindingRecord } from '../../ledger/findings/record-item';
import { type UndoExemption, undoExemptionSchema } from '../../ledger/findings/undo-exemption';
import { type PausedNow, parsePausedNow } from '../../ledger/limits/paused-now';
import type { PlaceNames } from '../../ledger/organization/place-names';
import { savedHistoryFrom } from '../../ledger/saved/saved-history';
import { RecordError } from '../../ledger/table/errors';
import type { OrderedHub } from '../hub/asked-hub';
import { askHub } from '../orders/give-order';
import type { FindingSource, KnownBeside } from './finding-source';

type Places = NonNullable<OrderAnswer['places']>;

/** Has the hub tell findings by its door for orders: those that whoever asks may see, and no others. */
export class DoorFindings implements FindingSource {
  private places: Places = {};
  private pausesTold: PausedNow | undefined;

  constructor(private readonly hub: OrderedHub) {}

  async every(): Promise<FindingRecord[]> {
    const records: FindingRecord[] = [];
    let next: string | undefined;
    do {
      const page = { ...(next !== undefined && { next }) };
      const answer = await askHub(this.hub, { order: 'findings', ...page });
      records.push(...this.recordsOf(answer));
      this.pausesTold ??= this.understood(answer.paused, parsePausedNow);
      next = answer.next;
    } while (next !== undefined);
    return records;
  }

  async read(identity: FindingIdentity, occurrence?: number): Promise<FindingRecord | undefined> {
    const [record] = this.recordsOf(await this.ask(identity, occurrence));
    return record;
  }

  async beside({ identity, occurrence }: FindingRecord): Promise<KnownBeside> {
    const { exemption, fix, fixUntold } = await this.ask(identity, occurrence);
    if (fixUntold !== undefined) this.hub.host.leftOut(new RecordError(fixUntold));
    const history = this.understood(fix, (told) => savedHistoryFrom(JSON.stringify(told)));
    return present({ exemption: exemptionIn(exemption), history });
  }

  async exemption({ identity, occurrence }: FindingRecord): Promise<UndoExemption | undefined> {
    return exemptionIn((await this.ask(identity, occurrence)).exemption);
  }

  /** The hub refuses to tell of an account that it does not know, or whose findings whoever asks may not see. */
  async isUnknown(account: string): Promise<boolean> {
    await askHub(this.hub, { order: 'findings', account });
    return false;
  }

  /** What holds for something that whoever asks may see, as it was told with the first findings. */
  async paused(): Promise<PausedNow | undefined> {
    return this.pausesTold;
  }

  /** The hub tells the coverage of accounts to nobody by its door. */
  async deputies(): Promise<undefined> {}

  /** Of accounts whose findings were told, and of what is paused; of no other units: those need the whole organization. */
  async names(): Promise<PlaceNames> {
    return {
      account: (id) => this.placeOf(id)?.name,
      unitOf: (accountId) => this.placeOf(accountId)?.unit,
      unit: (id) => this.placeOf(id)?.name,
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
      const record = this.understood(told, (item) => parseFindingRecord(item, ledgerTableName));
      return record ? [record] : [];
    });
  }

  /** @returns undefined where nothing was told, and, with a word of it, where it cannot be understood */
  private understood<Told, Value>(told: Told | undefined, parse: (told: Told) => Value): Value | undefined {
    if (told === undefined) return undefined;
    try {
      return parse(told);
    } catch (error) {
      if (!(error instanceof RecordError)) throw error;
      this.hub.host.leftOut(error);
      return undefined;
    }
  }
}

function exemptionIn(told: unknown): UndoExemption | undefined {
  const parsed = undoExemptionSchema.safeParse(told);
  return parsed.success ? parsed.data : undefined;
}
