/**
 * The one table of a finding's states. The coordinator, the notifier, the command line and the documentation all read
 * it; no other file may list states.
 *
 * - `open`: the danger may still be there; a further message about the same resource belongs to this occurrence.
 *   Where it is false the occurrence is closed, and a resource found dangerous again opens the next one.
 * - `recorded`: a message may leave the queue once its finding is in such a state.
 * - `next`: the states that may follow.
 */
export const states = {
  received: {
    open: true,
    recorded: false,
    title: 'received',
    meaning: 'In the ledger, being looked at; nothing is decided yet.',
    next: [
      'fixed',
      'already-compliant',
      'gone',
      'reported',
      'waiting',
      'exempt',
      'undone',
      'denied',
      'held',
      'failed',
      'given-up',
    ],
  },
  reported: {
    open: true,
    recorded: true,
    title: 'reported',
    meaning: 'The flag is off: nothing was changed, and the plan shows what would be.',
    next: ['received'],
  },
  waiting: {
    open: true,
    recorded: true,
    title: 'waiting for approval',
    meaning: 'Somebody has to approve the plan first: the flag says so, or the plan is lossy.',
    next: ['received'],
  },
  denied: {
    open: true,
    recorded: true,
    title: 'denied',
    meaning:
      'Somebody decided against the plan. That counts until somebody approves it, or the plan would be another one, which is decided on anew.',
    next: ['received'],
  },
  held: {
    open: true,
    recorded: true,
    title: 'held',
    meaning:
      'The fix waits for its time: Staunch is paused, a freeze holds, the policy names what does not exist, a limit is reached, the danger is put back again and again, or one of these could not be told just now. Or the look waits: the account cannot be reached, or has too many open findings.',
    next: ['received'],
  },
  exempt: {
    open: true,
    recorded: true,
    title: 'exempt',
    meaning: 'The policy, or a tag where the policy allows it, exempts this resource until a time.',
    next: ['received'],
  },
  undone: {
    open: true,
    recorded: true,
    title: 'undone',
    meaning: 'Somebody had the fix undone, with a reason and an expiry; until then it is not fixed again.',
    next: ['received'],
  },
  failed: {
    open: true,
    recorded: true,
    title: 'failed, tried again',
    meaning: 'The last attempt failed; the sweep tries again after a growing pause.',
    next: ['received'],
  },
  'given-up': {
    open: true,
    recorded: true,
    title: 'failed for good',
    meaning:
      'Every attempt failed, the fix was refused, or it is watched no more; people were told. It is tried again once a day, by a new message, and by `staunch retry`.',
    next: ['received'],
  },
  fixed: {
    open: false,
    recorded: true,
    title: 'fixed',
    meaning:
      'The fix was applied, and the resource was read again and complies. Only an undo opens it again.',
    next: ['received'],
  },
  'already-compliant': {
    open: false,
    recorded: true,
    title: 'already compliant',
    meaning:
      'Read live, the resource complies; nothing was changed, as far as is confirmed. Only an undo opens it again.',
    next: ['received'],
  },
  gone: {
    open: false,
    recorded: true,
    title: 'gone',
    meaning: 'The resource no longer exists.',
    next: [],
  },
} as const satisfies Record<
  string,
  { open: boolean; recorded: boolean; title: string; meaning: string; next: readonly string[] }
>;

/** A state in which a finding can be. */
export type FindingState = keyof typeof states;

/** Whether a finding in state `from` may go to state `to`. */
export function mayFollow(from: FindingState, to: FindingState): boolean {
  return (states[from].next as readonly string[]).includes(to);
}

/** Whether the occurrence is still open in this state, so that further messages belong to it. */
export function isOpen(state: FindingState): boolean {
  return states[state].open;
}
