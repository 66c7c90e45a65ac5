/** Thrown when an order cannot be carried out as things are; the message says why, for the person who gave it. */
export class OrderRefusedError extends Error {
  override readonly name: string = 'OrderRefusedError';
}

/** Thrown when an order cannot be carried out right now, and can be in a while: it stays given. */
export class NotNowError extends OrderRefusedError {
  override readonly name = 'NotNowError';
}
