import { boundToInvocation, Invocation } from './invocation';
import type { VirtualClock } from './virtual-clock';

const real = {
  Date: globalThis.Date,
  setTimeout: globalThis.setTimeout,
  clearTimeout: globalThis.clearTimeout,
  timeout: AbortSignal.timeout,
};

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
    if (!Invocation.current) return real.setTimeout(action, milliseconds);
    const cancel = clock.after(milliseconds, boundToInvocation(action));
    return { cancel, ref: () => undefined, unref: () => undefined };
  };
  const clear = (timer: unknown): void => {
    if (isVirtual(timer)) timer.cancel();
    else real.clearTimeout(timer as NodeJS.Timeout | undefined);
  };
  const timeout = (milliseconds: number): AbortSignal => {
    if (!Invocation.current) return real.timeout.call(AbortSignal, milliseconds);
    const controller = new AbortController();
    const abort = () => controller.abort(new DOMException('The operation timed out.', 'TimeoutError'));
    clock.after(milliseconds, boundToInvocation(abort), { drives: false });
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
