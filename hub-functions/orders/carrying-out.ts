import type { KeptOrder, KeptOrderIn, KeptOrders } from '../../ledger/orders/orders';
import { notTaken, type Reply, working } from './reply';

/** How often the ledger is asked for an answer; milliseconds. */
const lookMilliseconds = 1_000;

/** What having orders carried out takes. */
export interface CarryingOutParts {
  kept: Pick<KeptOrders, 'read'>;
  /**
   * Has the coordinator carry out the order of a key, and waits until it is done with it, or the signal comes. Whatever becomes of the
   * wait, the coordinator goes on.
   * @throws anything when it was not invoked, or ended with an error
   */
  invoke(orderKey: string, signal: AbortSignal): Promise<void>;
  now(): Date;
  pause(milliseconds: number): Promise<void>;
  /** Does something after so many milliseconds. @returns keeps it from being done */
  after(milliseconds: number, fire: () => void): () => void;
  log: { warn(message: string, details: Record<string, unknown>): void };
}

/** What was answered in the end to an order that was written down; undefined while it waits for the coordinator. */
export function settledReply(kept: KeptOrder): Reply | undefined {
  switch (kept.state) {
    case 'given':
    case 'taken':
      return undefined;
    case 'refused':
      return { status: 403, body: kept.answer };
    case 'answered':
    case 'proposed':
      return { status: 200, body: kept.answer };
  }
}

/**
 * Has an order carried out, and waits for its answer. One that another invocation of the coordinator works on is not given to a second
 * one before its lease is over; the coordinator makes sure of that again.
 * @param until milliseconds since the epoch; nobody waits longer
 */
export async function carryOut(
  first: KeptOrderIn<'given' | 'taken'>,
  until: number,
  parts: CarryingOutParts,
): Promise<Reply> {
  const { kept, now, pause } = parts;
  const { key } = first;
  let latest: KeptOrder = first;
  let isRefused = false;
  for (;;) {
    if (isFree(latest, now())) isRefused = !(await invokeUntil(key, until, parts));
    const read = await kept.read(key);
    if (!read) return notTaken(503, 'The order is not in the ledger any more. Send it again.');
    latest = read;
    const reply = settledReply(latest);
    if (reply) return reply;
    const left = until - now().getTime();
    if (left <= 0) break;
    await pause(Math.min(lookMilliseconds, left));
  }
  return isRefused && latest.state === 'given'
    ? notTaken(
        503,
        'The order is kept, and the hub could not work on it yet. Send it again, with the same key.',
      )
    : working(key);
}

function isFree(order: KeptOrder, now: Date): boolean {
  return order.state === 'given' || (order.state === 'taken' && Date.parse(order.until) <= now.getTime());
}

/** @returns false when the coordinator could not be invoked, or failed */
async function invokeUntil(key: string, until: number, parts: CarryingOutParts): Promise<boolean> {
  const { invoke, now, after, log } = parts;
  const abort = new AbortController();
  const invoked = invoke(key, abort.signal).then(
    () => true,
    (error: unknown) => {
      if (abort.signal.aborted) return true;
      log.warn('The coordinator did not end well', { orderKey: key, error: String(error) });
      return false;
    },
  );
  let cancel = () => {};
  const isOver = new Promise<true>((resolve) => {
    cancel = after(Math.max(0, until - now().getTime()), () => resolve(true));
  });
  const ended = await Promise.race([invoked, isOver]);
  cancel();
  abort.abort();
  return ended;
}
