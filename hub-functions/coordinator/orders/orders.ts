import { type Order, type OrderAnswer, orderSchema, orderVersion } from '../../../contract/order';
import type { CoordinatorParts } from '../coordinator';
import { UnusableMessageError } from '../message';
import { UnknownAccountError } from '../organization';
import type { Remaining } from '../time-limits';
import { OrderRefusedError } from './refused';
import { Undoing, type UndoParts } from './undoing';

/** What orders are carried out with. */
export type OrderParts = Omit<CoordinatorParts, 'exemptions'> & UndoParts;

/** Carries out what people order on the command line. */
export class Orders {
  private readonly undoing: Undoing;

  constructor(private readonly parts: OrderParts) {
    this.undoing = new Undoing(parts);
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
      this.parts.log.info('Carried out an order', { ...order, ...answer });
      return answer;
    } catch (error) {
      if (!isRefusal(error)) throw error;
      this.parts.log.warn('Refused an order', { ...order, error: error.message });
      return notDone(error.message);
    }
  }

  private carryOut(order: Order, remaining: Remaining): Promise<OrderAnswer> {
    switch (order.order) {
      case 'undo':
        return this.undoing.undo(order, remaining);
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
