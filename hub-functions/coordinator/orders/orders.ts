import { type Order, type OrderAnswer, orderSchema, orderVersion } from '../../../core/order';
import { UnknownAccountError } from '../../../ledger/place-errors';
import type { CoordinatorParts } from '../intake/coordinator';
import { UnusableMessageError } from '../intake/hint';
import type { Remaining } from '../time-limits';
import { Deciding } from './deciding';
import { OrderRefusedError } from './refused';
import { Retrying } from './retrying';
import { Switching, type SwitchingParts } from './switching';
import { Undoing, type UndoParts } from './undoing';

/** What orders are carried out with. */
export type OrderParts = CoordinatorParts & UndoParts & SwitchingParts;

/** Carries out what people order on the command line. */
export class Orders {
  private readonly undoing: Undoing;
  private readonly deciding: Deciding;
  private readonly retrying: Retrying;
  private readonly switching: Switching;

  constructor(private readonly parts: OrderParts) {
    this.undoing = new Undoing(parts);
    this.deciding = new Deciding(parts);
    this.retrying = new Retrying(parts);
    this.switching = new Switching(parts);
  }

  /**
   * Carries out one order.
   * @param event as the command line sent it
   * @returns what came of it, also when it was refused
   */
  async take(event: unknown, remaining: Remaining): Promise<OrderAnswer> {
    const parsed = orderSchema.safeParse(event);
    if (!parsed.success) {
      const where = parsed.error.issues.map(({ path }) => path.join('.') || 'the whole').join(', ');
      return notDone(
        `The order cannot be understood; look at ${where}. Is the command line of another version?`,
      );
    }
    const order = parsed.data;
    try {
      const answer = await this.carryOut(order, remaining);
      const { policy: _policy, ...told } = answer;
      this.parts.log.info('Carried out an order', { ...order, ...told });
      return answer;
    } catch (error) {
      if (!isRefusal(error)) throw error;
      this.parts.log.warn('Refused an order', { ...order, error: error.message });
      return notDone(error.message);
    }
  }

  private deployedPolicy(): OrderAnswer {
    const policy = JSON.stringify(this.parts.policy);
    return { version: orderVersion, done: true, text: 'The policy that is deployed.', policy };
  }

  private carryOut(order: Order, remaining: Remaining): Promise<OrderAnswer> {
    switch (order.order) {
      case 'undo':
        return this.undoing.undo(order, remaining);
      case 'approve':
        return this.deciding.approve(order, remaining);
      case 'deny':
        return this.deciding.deny(order, remaining);
      case 'pause':
        return this.switching.pause(order);
      case 'resume':
        return this.switching.resume(order);
      case 'retry':
        return this.retrying.retry(order, remaining);
      case 'policy':
        return Promise.resolve(this.deployedPolicy());
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

function notDone(text: string): OrderAnswer {
  return { version: orderVersion, done: false, text };
}
