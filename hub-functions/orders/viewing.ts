import type { CompiledPolicy } from '../../config/compiled';
import { type Actor, actorId } from '../../core/actor';
import { findingKey } from '../../core/finding';
import type { OrderAnswer, OrderRequest } from '../../core/order';
import { present } from '../../core/present';
import { mayOrder, refusalOfAbsent } from '../../decision/people';
import type { Exemptions } from '../../ledger/findings/exemptions';
import type { FindingCursors } from '../../ledger/findings/finding-cursors';
import type { Ledger } from '../../ledger/findings/ledger';
import type { FindingRecord } from '../../ledger/findings/record';
import { itemOf } from '../../ledger/findings/record-item';
import { occurrenceRecordKey } from '../../ledger/findings/record-key';
import type { StopSwitch } from '../../ledger/limits/stop-switch';
import { UnknownAccountError } from '../../ledger/organization/place-errors';
import type { SavedStates } from '../../ledger/saved/saved-states';
import { RecordError } from '../../ledger/table/errors';
import type { KeptPlaces } from './kept-places';
import { answered, notTaken, type Reply } from './reply';
import { seenPauses } from './seen-pauses';
import { Sight } from './sight';

/** Lambda answers with at most 6 MB: https://docs.aws.amazon.com/lambda/latest/dg/gettingstarted-limits.html */
const mostBytes = 3_000_000;
/** Where it can be seen all the same. */
const instead =
  'Whoever may read the table of saved states sees it: run the command without the URL for orders.';
/** Records of one answer. */
const mostRecords = 500;

/** What showing findings takes. */
export interface ViewingParts {
  policy: CompiledPolicy;
  ledger: Pick<Ledger, 'page' | 'latest' | 'read'>;
  exemptions: Pick<Exemptions, 'read'>;
  savedStates: Pick<SavedStates, 'history'>;
  stopSwitch: Pick<StopSwitch, 'stops'>;
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
    const { ledger, cursors, stopSwitch, newKey, now, log } = this.parts;
    const sight = this.sight(viewer);
    const seesAny = account === undefined ? sight.anywhere() : await sight.anyOf(account);
    if (!seesAny) return this.refusal(viewer, account);
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
        if (!(await sight.finding(record.identity))) continue;
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
    const paused = next === undefined ? await seenPauses(stopSwitch, sight, viewer.places, now()) : undefined;
    const scopes = paused && 'stops' in paused ? paused.stops.map(({ scope }) => scope) : [];
    const shown = await this.shown(found, viewer, scopes);
    return answered(found.length === 1 ? '1 finding.' : `${found.length} findings.`, {
      ...shown,
      ...present({ next: more, paused }),
    });
  }

  /** One finding. */
  async finding({ finding, occurrence }: Asked<'finding'>, viewer: Viewer): Promise<Reply> {
    const { ledger, exemptions } = this.parts;
    // The type is no part of a finding's key.
    const identity = { ...finding, resourceType: '' };
    if (!(await this.sight(viewer).finding(identity)))
      return this.refusal(viewer, finding.accountId, finding.control);
    const record =
      occurrence === undefined
        ? await ledger.latest(identity)
        : await ledger.read({ finding: findingKey(identity), record: occurrenceRecordKey(occurrence) });
    if (!record) return answered(`There is no finding ${findingKey(identity)}.`, { done: false });
    const exemption = await exemptions.read(identity);
    const fix = await this.fixOf(record);
    const shown = await this.shown([record], viewer);
    return answered('The finding.', { ...shown, ...present({ exemption }), ...fix });
  }

  /** What was saved of a finding's fix, where there was one and an answer has room for it beside the finding. */
  private async fixOf(record: FindingRecord): Promise<Pick<OrderAnswer, 'fix' | 'fixUntold'>> {
    const { savedStates, log } = this.parts;
    try {
      const history = await savedStates.history(record.identity, record.occurrence);
      if (history === undefined) return {};
      if (bytesOf(history) + bytesOf(record) <= mostBytes) return { fix: { ...history } };
      return {
        fixUntold: `What was before and after the fix is too large for an answer of the hub. ${instead}`,
      };
    } catch (error) {
      if (!(error instanceof RecordError)) throw error;
      log.warn('What was saved of a fix cannot be read', { error: error.message });
      return { fixUntold: `What was before and after the fix cannot be read. ${instead}` };
    }
  }

  private sight({ actor, places }: Viewer): Sight {
    return new Sight(actor, places, this.parts.policy);
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

  private async shown(records: readonly FindingRecord[], { places }: Viewer, scopes: readonly string[] = []) {
    const names = await places.called();
    const ids = [...new Set([...records.map(({ identity }) => identity.accountId), ...scopes])];
    const called = ids
      .map(
        (id) => [id, present({ name: names.account(id) ?? names.unit(id), unit: names.unitOf(id) })] as const,
      )
      .filter(([, { name }]) => name !== undefined);
    return {
      // What still has to reach the bus was said before, in long.
      findings: records.map(({ pendingEvents: _pendingEvents, ...record }) =>
        itemOf({ ...record, pendingReports: {} } as FindingRecord),
      ),
      places: Object.fromEntries(called) as NonNullable<OrderAnswer['places']>,
    };
  }
}

/** As Lambda answers it: as JSON within a text that is JSON again. */
function bytesOf(told: object): number {
  return Buffer.byteLength(JSON.stringify(JSON.stringify(told)));
}

function keyOf({ finding, record }: Record<string, unknown>): { finding: string; record: string } {
  return { finding: String(finding), record: String(record) };
}
