import { type OrderAnswer, type OrderWorking, orderVersion } from '../../core/order';

/** What the door replies: the status of HTTP, and the body. */
export interface Reply {
  status: 200 | 202 | 400 | 403 | 409 | 503;
  body: OrderAnswer | OrderWorking;
}

/** An order that was answered: the answer may say that nothing was done. */
export function answered(text: string, more: Partial<OrderAnswer> = {}): Reply {
  return { status: 200, body: { version: orderVersion, done: true, text, ...more } };
}

/** An order that was not taken. */
export function notTaken(status: 400 | 403 | 409 | 503, text: string): Reply & { body: OrderAnswer } {
  return { status, body: { version: orderVersion, done: false, text } };
}

/** An order that is worked on. */
export function working(key: string): Reply {
  return { status: 202, body: { version: orderVersion, key, working: true } };
}
