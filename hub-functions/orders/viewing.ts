import type { CompiledPolicy } from '../../config/compiled';
import { type Actor, actorId } from '../../core/actor';
import { type FindingIdentity, findingKey } from '../../core/finding';
import type { OrderAnswer, OrderRequest } from '../../core/order';
import { present } from '../../core/present';
import { allRights, mayOrder, mayView, refusalOfAbsent } from '../../decision/people';
import type { Exemptions } from '../../ledger/exemptions';
import type { FindingCursors } from '../../ledger/finding-cursors';
import type { Ledger } from '../../ledger/ledger';
import { UnknownAccountError } from '../../ledger/place-errors';
import type { FindingRecord } from '../../ledger/record';
import { itemOf } from '../../ledger/record-item';
import { occurrenceRecordKey } from '../../ledger/record-key';
import type { KeptPlaces } from './kept-places';
import { answered, notTaken, type Reply } from './reply';

/** Lambda answers with at most 6 MB: https://docs.aws.amazon.com/lambda/latest/dg/gettingstarted-limits.html */
const mostBytes = 3_000_000;
/** Records of one answer. */
const mostRecords = 500;

/** What showing findings takes. */
export interface ViewingParts {
  policy: CompiledPolicy;
  ledger: Pick<Ledger, 'page' | 'latest' | 'read'>;
  exemptions: Pick<Exemptions, 'read'>;
  cursors: Pick<FindingCursors, 'read' | 'write'>;
  /** A new UUID. */
  newKey(): string;
  now(): Date;
  log: { warn(message: string, details: Record<string, unknown>): void };
}

/** Whom findings are shown to, and until when an answer is wanted: milliseconds since the epoch. */
export interface Viewer {
  actor: Actor;
  places: KeptPlaces;
  until: number;
}

type Asked<Name extends OrderRequest['order']> = Extract<OrderRequest, { order: Name }>;

/**
 * Shows findings to those who may see them: each is shown or not by where its account lies, and its control. What cannot be located is
 * shown to nobody here; and nobody learns whether what he may not see exists.
 */
export class Viewing {
  constructor(private readonly parts: ViewingParts) {}

  /** A page of findings. It may be empty, and the next one not. */
  async findings({ account, next }: Asked<'findings'>, viewer: Viewer): Promise<Reply> {
    const { ledger, cursors, newKey, now, log } = this.parts;
    const sees = this.sight(viewer);
    if (!(await this.seesAny(viewer, account))) return this.refusal(viewer, account);
    const cursor = next === undefined ? undefined : await cursors.read(next);
    const reader = actorId(viewer.actor);
    if (next !== undefined && (cursor?.actor !== reader || cursor.account !== account))
      return notTaken(400, 'There is no such page, or it is too old. Begin with the first one.');
    const found: FindingRecord[] = [];
    let bytes = 0;
    let start = cursor?.start;
    let isWhole = false;
    // However late it is: nothing read is not nothing found.
    do {
      const page = await ledger.page(start);
      for (const error of page.unreadable) log.warn('A record cannot be read', { error: error.message });
      for (const record of page.records) {
        if (bytes >= mostBytes) break;
        start = keyOf(record);
        if (account !== undefined && record.identity.accountId !== account) continue;
        if (!(await sees(record.identity))) continue;
        found.push(record);
        bytes += bytesOf(record);
      }
      if (bytes >= mostBytes) break;
      start = page.next === undefined ? start : keyOf(page.next);
      isWhole = page.next === undefined;
    } while (!isWhole && now().getTime() < viewer.until && found.length < mostRecords);
    const more = isWhole || start === undefined ? undefined : newKey();
    if (more !== undefined && start !== undefined)
      await cursors.write(more, { actor: reader, start, ...present({ account }) });
    const shown = await this.shown(found, viewer);
    return answered(found.length === 1 ? '1 finding.' : `${found.length} findings.`, {
      ...shown,
      ...present({ next: more }),
    });
  }

  /** One finding. */
  async finding({ finding, occurrence }: Asked<'finding'>, viewer: Viewer): Promise<Reply> {
    const { ledger, exemptions } = this.parts;
    // The type is no part of a finding's key.
    const identity = { ...finding, resourceType: '' };
    if (!(await this.sight(viewer)(identity)))
      return this.refusal(viewer, finding.accountId, finding.control);
    const record =
      occurrence === undefined
        ? await ledger.latest(identity)
        : await ledger.read({ finding: findingKey(identity), record: occurrenceRecordKey(occurrence) });
    if (!record) return answered(`There is no finding ${findingKey(identity)}.`, { done: false });
    const exemption = await exemptions.read(identity);
    const shown = await this.shown([record], viewer);
    return answered('The finding.', { ...shown, ...present({ exemption }) });
  }

  /** Whether the viewer may see a finding; asked once for each account and control. */
  private sight({ actor, places }: Viewer): (identity: FindingIdentity) => Promise<boolean> {
    const known = new Map<string, Promise<boolean>>();
    return ({ accountId, control }) => {
      const key = `${accountId}#${control}`;
      const asked = known.get(key) ?? this.sees(actor, places, accountId, control);
      known.set(key, asked);
      return asked;
    };
  }

  private async sees(actor: Actor, places: KeptPlaces, accountId: string, control: string): Promise<boolean> {
    try {
      return mayView(actor, await places.place(accountId), control, this.parts.policy);
    } catch (error) {
      if (error instanceof UnknownAccountError) return false;
      throw error;
    }
  }

  /** Whether the viewer may see any findings there may be, in one account or somewhere. */
  private async seesAny({ actor, places }: Viewer, account: string | undefined): Promise<boolean> {
    const { policy } = this.parts;
    if (account === undefined) return allRights(actor, policy).some(({ right }) => right === 'view');
    for (const control of Object.keys(policy.parameterDefaults))
      if (await this.sees(actor, places, account, control)) return true;
    return false;
  }

  private async refusal({ actor, places }: Viewer, accountId?: string, control?: string): Promise<Reply> {
    const { policy } = this.parts;
    const place =
      accountId === undefined
        ? undefined
        : await places.place(accountId).catch((error: unknown) => {
            if (error instanceof UnknownAccountError) return undefined;
            throw error;
          });
    if (!place && accountId !== undefined) {
      const ordered = { scope: 'account' as const, place: { accountId, path: [] }, ...present({ control }) };
      const absence = `Account ${accountId} is not in the organization, so that nobody sees its findings here.`;
      return notTaken(403, refusalOfAbsent(actor, 'view', { ordered, absence }, policy).wouldAllow);
    }
    const ordered = place
      ? { scope: 'account' as const, place, ...present({ control }) }
      : { scope: 'organization' as const };
    const permission = mayOrder(actor, 'view', ordered, policy);
    const why = permission.allowed ? 'There is nothing to see there.' : permission.wouldAllow;
    return notTaken(403, why);
  }

  private async shown(records: readonly FindingRecord[], { places }: Viewer) {
    const names = await places.called();
    const accounts = [...new Set(records.map(({ identity }) => identity.accountId))];
    const called = accounts.map((id) => [id, present({ name: names.account(id), unit: names.unitOf(id) })]);
    return {
      // What still has to reach the bus was said before, in long.
      findings: records.map((record) => itemOf({ ...record, pendingReports: {} })),
      places: Object.fromEntries(called) as NonNullable<OrderAnswer['places']>,
    };
  }
}

/** As Lambda answers it: as JSON within a text that is JSON again. */
function bytesOf(record: FindingRecord): number {
  return Buffer.byteLength(JSON.stringify(JSON.stringify(record)));
}

function keyOf({ finding, record }: Record<string, unknown>): { finding: string; record: string } {
  return { finding: String(finding), record: String(record) };
}
