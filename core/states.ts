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
    meaning: 'The flag is `off`: nothing was changed. The plan shows what a fix would change.',
    next: ['received'],
  },
  waiting: {
    open: true,
    recorded: true,
    title: 'waiting for approval',
    meaning: 'The plan requires approval: the flag says so, or the plan is lossy.',
    next: ['received'],
  },
  denied: {
    open: true,
    recorded: true,
    title: 'denied',
    meaning:
      'An operator denied the plan. The denial counts until an operator approves the plan, or the plan changes: the new plan is decided on anew.',
    next: ['received'],
  },
  held: {
    open: true,
    recorded: true,
    title: 'held',
    meaning:
      'The fix waits for its time: it is backlog that is frozen, Staunch is paused, a freeze holds, the policy names what does not exist, a limit is reached, the danger is put back again and again, or one of these could not be read. Or the look waits: the account cannot be reached, or has too many open findings.',
    next: ['received'],
  },
  exempt: {
    open: true,
    recorded: true,
    title: 'exempt',
    meaning:
      'The policy, a tag where the policy allows it, or a person with that right exempts this resource until a time.',
    next: ['received'],
  },
  undone: {
    open: true,
    recorded: true,
    title: 'undone',
    meaning:
      'An operator undid the fix, with a reason and an expiry. Staunch does not fix the resource again before the expiry.',
    next: ['received'],
  },
  failed: {
    open: true,
    recorded: true,
    title: 'failed, will retry',
    meaning: 'The last attempt failed. The sweep retries after a growing pause.',
    next: ['received'],
  },
  'given-up': {
    open: true,
    recorded: true,
    title: 'given up',
    meaning:
      'Ten attempts failed, the remediation function refused the fix, or its control or Region is no longer watched. The channel was told. Staunch retries once a day, when a new message arrives, and on `staunch retry`.',
    next: ['received'],
  },
  fixed: {
    open: false,
    recorded: true,
    title: 'fixed',
    meaning:
      'The fix was applied; the resource was read again and complies. If it becomes dangerous again, the next occurrence opens. An undo reopens this one.',
    next: ['received'],
  },
  'already-compliant': {
    open: false,
    recorded: true,
    title: 'already compliant',
    meaning:
      'Read live, the resource complies. Staunch made no change, or does not know whether one took effect; in that case an undo reopens this occurrence. If the resource becomes dangerous again, the next occurrence opens.',
    next: ['received'],
  },
  gone: {
    open: false,
    recorded: true,
    title: 'gone',
    meaning:
      'The resource no longer exists, or its account has left the organization, was closed or is suspended.',
    next: [],
  },
} as const satisfies Record<
  string,
  { open: boolean; recorded: boolean; title: string; meaning: string; next: readonly string[] }
>;

/** A state in which a finding can be. */
export type FindingState = keyof typeof states;
/** A state in which the occurrence is still open. */
export type OpenState = {
  [State in FindingState]: (typeof states)[State]['open'] extends true ? State : never;
}[FindingState];
/** A state in which the occurrence is closed. */
export type ClosedState = Exclude<FindingState, OpenState>;
/** The states that may follow one. */
export type NextState<From extends FindingState> = (typeof states)[From]['next'][number];
/** The states that one may follow. */
export type StateBefore<To extends FindingState> = {
  [State in FindingState]: To extends NextState<State> ? State : never;
}[FindingState];
/** A state to which a look leads. */
export type SettledState = NextState<'received'>;

/** Whether a finding in state `from` may go to state `to`. */
export function mayFollow(from: FindingState, to: FindingState): boolean {
  return (states[from].next as readonly string[]).includes(to);
}

/** Whether the occurrence is still open in this state, so that further messages belong to it. */
export function isOpen(state: FindingState): state is OpenState {
  return states[state].open;
}
