import { type FindingIdentity, findingKey } from '../../core/finding';
import type { CoverageStore } from '../../ledger/coverage/coverage';
import type { PlaceCoverage } from '../../ledger/coverage/place-coverage';
import type { Exemptions } from '../../ledger/findings/exemptions';
import type { Ledger } from '../../ledger/findings/ledger';
import type { FindingRecord } from '../../ledger/findings/record';
import { occurrenceRecordKey } from '../../ledger/findings/record-key';
import type { UndoExemption } from '../../ledger/findings/undo-exemption';
import type { PausedNow } from '../../ledger/limits/paused-now';
import type { OrganizationTree } from '../../ledger/organization/organization-tree';
import { namesOf, noNames, type PlaceNames } from '../../ledger/organization/place-names';
import type { SavedStates } from '../../ledger/saved/saved-states';
import { pausedNow, type SwitchedHub } from '../pause/paused-now';
import type { FindingSource, KnownBeside } from './finding-source';
import { type ReportedDeputies, reportedDeputies } from './reported-deputies';

/** A hub, as far as the ledger's findings take it. */
export interface LedgerHub extends SwitchedHub {
  readonly ledger: Pick<Ledger, 'list' | 'latest' | 'read'>;
  readonly savedStates: Pick<SavedStates, 'history'>;
  readonly exemptions: Pick<Exemptions, 'read'>;
  readonly coverage: Pick<CoverageStore, 'list'>;
  tree(): Promise<OrganizationTree | undefined>;
}

/** Reads findings in the ledger itself, for those who may by IAM. */
export class LedgerFindings implements FindingSource {
  constructor(private readonly hub: LedgerHub) {}

  every(): Promise<FindingRecord[]> {
    const { hub } = this;
    return hub.ask('ledger', async () => {
      const records: FindingRecord[] = [];
      for await (const record of hub.ledger.list((error) => hub.host.leftOut(error))) records.push(record);
      return records;
    });
  }

  read(identity: FindingIdentity, occurrence?: number): Promise<FindingRecord | undefined> {
    const { ledger } = this.hub;
    return this.hub.ask('ledger', () =>
      occurrence === undefined
        ? ledger.latest(identity)
        : ledger.read({ finding: findingKey(identity), record: occurrenceRecordKey(occurrence) }),
    );
  }

  async beside(record: FindingRecord): Promise<KnownBeside> {
    const { identity, occurrence } = record;
    const [history, exemption] = await Promise.all([
      this.hub.ask('saved states', () => this.hub.savedStates.history(identity, occurrence)),
      this.exemption(record),
    ]);
    return { ...(history && { history }), ...(exemption && { exemption }) };
  }

  exemption({ identity }: FindingRecord): Promise<UndoExemption | undefined> {
    return this.hub.ask('ledger', () => this.hub.exemptions.read(identity));
  }

  async isUnknown(accountId: string, records: readonly FindingRecord[]): Promise<boolean> {
    const names = await this.names();
    const isCalled = (id: string) => names.account(id) !== undefined;
    return !isCalled(accountId) && records.some(({ identity }) => isCalled(identity.accountId));
  }

  paused(): Promise<PausedNow> {
    return pausedNow(this.hub);
  }

  deputies(): Promise<ReportedDeputies[]> {
    const { hub } = this;
    return hub.ask('ledger', async () => {
      const items: PlaceCoverage[] = [];
      for await (const item of hub.coverage.list((error) => hub.host.leftOut(error))) items.push(item);
      return reportedDeputies(items, await hub.tree());
    });
  }

  /** From the organization's tree that the hub keeps. Names are a help for people: where there is no tree, there are none. */
  async names(): Promise<PlaceNames> {
    try {
      const tree = await this.hub.tree();
      return tree ? namesOf(tree) : noNames;
    } catch {
      return noNames;
    }
  }
}
