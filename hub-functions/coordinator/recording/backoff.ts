const maximumMinutes = 60;

/**
 * How long to wait after a failed try: 1, 2, 4, … minutes, 60 at most.
 * @param tries how many have failed in a row, from 1
 * @returns milliseconds
 */
export function backoffMilliseconds(tries: number): number {
  return Math.min(2 ** Math.max(0, tries - 1), maximumMinutes) * 60_000;
}
