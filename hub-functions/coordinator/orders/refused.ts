/** Thrown when an order cannot be carried out as things are; the message says why, for the person who gave it. */
export class OrderRefusedError extends Error {
  override readonly name = 'OrderRefusedError';
}
