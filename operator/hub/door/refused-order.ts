import type { OrderAnswer } from '../../../core/order';
import { printable } from '../../../resources/kit/printable';
import { OperatorError } from '../../errors';

/** Thrown when the hub did not take an order, mostly since the policy does not allow it. Nothing was done; its text says why. */
export class RefusedOrderError extends OperatorError {
  override readonly name = 'RefusedOrderError';

  constructor({ text }: OrderAnswer) {
    super(printable(text));
  }
}
