import type { OrderRequest } from '../../../core/order';
import { OperatorError } from '../../errors';

/**
 * Thrown when an order may have reached the hub, and it is not known whether it was carried out. What became of its finding is in the
 * ledger.
 */
export class UnconfirmedOrderError extends OperatorError {
  override readonly name = 'UnconfirmedOrderError';

  /** @param why printable, a sentence */
  constructor(
    why: string,
    readonly order: OrderRequest,
  ) {
    super(
      `It is not known whether the order was carried out. ${why} Its key is ${order.key}, by which the log of the hub's orders function names it.`,
    );
  }
}
