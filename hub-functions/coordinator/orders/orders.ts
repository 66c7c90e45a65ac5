import { type GivenOrder, type OrderAnswer, orderVersion } from '../../../core/order';
import { UnknownAccountError } from '../../../ledger/organization/place-errors';
import type { CoordinatorParts } from '../intake/coordinator';
import { UnusableMessageError } from '../intake/hint';
import type { Remaining } from '../time-limits';
import { Deciding } from './deciding';
import { Exempting, type ExemptingParts } from './exempting';
import { Lifting, type LiftingParts } from './lifting';
import { NotNowError, OrderRefusedError } from './refused';
import { Retrying } from './retrying';
import { Switching, type SwitchingParts } from './switching';
import { Thaw, type ThawParts } from './thaw';
import { Undoing, type UndoParts } from './undoing';

/** What orders are carried out with. */
export type OrderParts = CoordinatorParts &
  UndoParts &
  ExemptingParts &
  SwitchingParts &
  ThawParts &
  LiftingParts;

/** Carries out what people order. Each order may be carried out again, and completes what stopped half-way then. */
export class Orders {
  private readonly undoing: Undoing;
  private readonly exempting: Exempting;
  private readonly deciding: Deciding;
  private readonly retrying: Retrying;
  private readonly switching: Switching;
  private readonly thawing: Thaw;
  private readonly lifting: Lifting;

  constructor(private readonly parts: OrderParts) {
    this.undoing = new Undoing(parts);
    this.exempting = new Exempting(parts);
    this.deciding = new Deciding(parts);
    this.retrying = new Retrying(parts);
    this.switching = new Switching(parts);
    this.thawing = new Thaw(parts);
    this.lifting = new Lifting(parts);
  }

  /**
   * Carries out one order. Whether its giver may order that is not asked here.
   * @param isRepeated whether it was begun before
   * @returns what came of it, also when it makes no sense as things are
   * @throws NotNowError when it can be carried out in a while
   */
  async carryOut(order: GivenOrder, remaining: Remaining, isRepeated = false): Promise<OrderAnswer> {
    try {
      const answer = await this.dispatch(order, remaining, isRepeated);
      this.parts.log.info('Carried out an order', { ...order, ...answer });
      return answer;
    } catch (error) {
      if (!isRefusal(error) || error instanceof NotNowError) throw error;
      this.parts.log.warn('An order cannot be carried out', { ...order, error: error.message });
      return { version: orderVersion, done: false, text: error.message };
    }
  }

  private dispatch(order: GivenOrder, remaining: Remaining, isRepeated: boolean): Promise<OrderAnswer> {
    switch (order.order) {
      case 'undo':
        return this.undoing.undo(order, remaining);
      case 'exempt':
        return this.exempting.exempt(order, remaining);
      case 'approve':
        return this.deciding.approve(order, remaining, isRepeated);
      case 'deny':
        return this.deciding.deny(order, remaining);
      case 'pause':
        return this.switching.pause(order);
      case 'resume':
        return this.switching.resume(order);
      case 'thaw':
        return this.thawing.thaw(order);
      case 'limits':
        return this.lifting.lift(order);
      case 'retry':
        return this.retrying.retry(order, remaining, isRepeated);
    }
  }
}

function isRefusal(error: unknown): error is Error {
  return (
    error instanceof OrderRefusedError ||
    error instanceof UnusableMessageError ||
    error instanceof UnknownAccountError
  );
}
