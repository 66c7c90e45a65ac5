/** Milliseconds that are left to this invocation, as Lambda's context tells. */
export type Remaining = () => number;

/**
 * What a look that only plans may take at most: a call of a remediation function, 70 seconds, and what is written before
 * and after it. No look is begun with less time left.
 */
export const lookMilliseconds = 90_000;

/** What a fix may take at most after its look, with what is written before and after it. None is begun with less. */
export const fixMilliseconds = 80_000;

/** A remediation function may outlive its caller by its own timeout of 60 seconds; until then nobody else may start. */
export const orphanMilliseconds = 75_000;
