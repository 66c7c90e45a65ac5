import { setMaxListeners } from 'node:events';

/**
 * A signal that fires after so many milliseconds, and ends every call that is under way then. It does not keep the
 * process alive.
 */
export function deadlineIn(milliseconds: number): AbortSignal {
  const signal = AbortSignal.timeout(milliseconds);
  // Each call of an invocation listens to it; Node warns of more than ten.
  setMaxListeners(0, signal);
  return signal;
}
