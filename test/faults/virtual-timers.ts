import { boundTo, Invocation } from './invocation';
import type { VirtualClock } from './virtual-clock';

const real = {
  Date: globalThis.Date,
  setTimeout: globalThis.setTimeout,
  clearTimeout: globalThis.clearTimeout,
  timeout: AbortSignal.timeout,
};

/** One for all: each signal of a call that is long over is aborted in its time, and nobody asks where. */
const timedOut = new DOMException('The operation timed out.', 'TimeoutError');

/**
 * Gives everything that runs in an invocation the virtual time: `Date`, `setTimeout`, `AbortSignal.timeout`. A test itself, and
 * whatever else runs in none, keeps the real one.
 * @returns gives everybody the real time again
 */
export function installVirtualTimers(clock: VirtualClock): () => void {
  class VirtualDate extends real.Date {
    constructor(...parts: unknown[]) {
      if (parts.length === 0 && Invocation.current) super(clock.milliseconds);
      else super(...(parts as []));
    }
    static override now(): number {
      return Invocation.current ? clock.milliseconds : real.Date.now();
    }
    static override [Symbol.hasInstance](value: unknown): boolean {
      return real.Date[Symbol.hasInstance](value);
    }
  }
  const set = (action: () => void, milliseconds = 0): unknown => {
    const { current } = Invocation;
    if (!current) return real.setTimeout(action, milliseconds);
    const cancel = clock.after(milliseconds, boundTo(current, action));
    return { cancel, ref: () => undefined, unref: () => undefined };
  };
  const clear = (timer: unknown): void => {
    if (isVirtual(timer)) timer.cancel();
    else real.clearTimeout(timer as NodeJS.Timeout | undefined);
  };
  const timeout = (milliseconds: number): AbortSignal => {
    const { current } = Invocation;
    if (!current) return real.timeout.call(AbortSignal, milliseconds);
    const controller = new AbortController();
    const abort = () => controller.abort(timedOut);
    clock.after(milliseconds, boundTo(current, abort), { drives: false });
    return controller.signal;
  };
  const put = (timers: typeof real) => {
    const { timeout: signalTimeout, ...globals } = timers;
    Object.assign(globalThis, globals);
    Object.assign(AbortSignal, { timeout: signalTimeout });
  };
  put({ Date: VirtualDate, setTimeout: set, clearTimeout: clear, timeout } as typeof real);
  return () => put(real);
}

function isVirtual(timer: unknown): timer is { cancel(): void } {
  return typeof timer === 'object' && timer !== null && 'cancel' in timer;
}
