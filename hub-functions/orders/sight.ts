import type { CompiledPolicy } from '../../config/compiled';
import type { AccountPlace } from '../../config/place';
import type { Actor } from '../../core/actor';
import type { FindingIdentity } from '../../core/finding';
import { allRights, mayOrder, mayView } from '../../decision/people';
import { UnknownAccountError } from '../../ledger/organization/place-errors';
import type { KeptPlaces } from './kept-places';

/** What somebody may see, by where accounts lie; asked once for each account and control. */
export class Sight {
  private readonly known = new Map<string, Promise<boolean>>();
  private readonly located = new Map<string, Promise<AccountPlace | undefined>>();

  constructor(
    private readonly actor: Actor,
    private readonly places: Pick<KeptPlaces, 'place'>,
    private readonly policy: CompiledPolicy,
  ) {}

  /** Whether they may see a finding. @throws UnresolvedPlaceError */
  finding({ accountId, control }: Pick<FindingIdentity, 'accountId' | 'control'>): Promise<boolean> {
    const key = `${accountId}#${control}`;
    const asked = this.known.get(key) ?? this.ask(accountId, control);
    this.known.set(key, asked);
    return asked;
  }

  /** Whether they may see any findings there may be in an account. @throws UnresolvedPlaceError */
  async anyOf(accountId: string): Promise<boolean> {
    for (const control of Object.keys(this.policy.parameterDefaults))
      if (await this.finding({ accountId, control })) return true;
    return false;
  }

  /** Whether they may see any findings there may be, somewhere. */
  anywhere(): boolean {
    return allRights(this.actor, this.policy).some(({ right }) => right === 'view');
  }

  /** Whether they may see all findings there may be. */
  everything(): boolean {
    return mayOrder(this.actor, 'view', { scope: 'organization' }, this.policy).allowed;
  }

  private async ask(accountId: string, control: string): Promise<boolean> {
    const asked = this.located.get(accountId) ?? this.placeOf(accountId);
    this.located.set(accountId, asked);
    const place = await asked;
    return place !== undefined && mayView(this.actor, place, control, this.policy);
  }

  /** @returns undefined for an account that is not in the organization */
  private async placeOf(accountId: string): Promise<AccountPlace | undefined> {
    try {
      return await this.places.place(accountId);
    } catch (error) {
      if (error instanceof UnknownAccountError) return undefined;
      throw error;
    }
  }
}
