/** Base of everything the ledger throws on purpose. */
export class LedgerError extends Error {
  override readonly name: string = 'LedgerError';
}

/** Thrown when a record was written by somebody else since it was read. Read it again and decide again. */
export class ConflictError extends LedgerError {
  override readonly name = 'ConflictError';
}

/** Thrown when a record was not written because what was to be written with it could not be. */
export class BesideError extends LedgerError {
  override readonly name = 'BesideError';
}

/** Thrown when a worker writes to a finding whose lease another worker has by now. Its work has to be dropped. */
export class LeaseLostError extends LedgerError {
  override readonly name = 'LeaseLostError';
}

/** Thrown when a finding would go to a state that may not follow. It is a bug of the caller. */
export class TransitionError extends LedgerError {
  override readonly name = 'TransitionError';
}

/** Thrown when an item of the table is not a record that this version understands. Look at the item. */
export class RecordError extends LedgerError {
  override readonly name = 'RecordError';
}

/** Thrown when a stop stays as it is: it lasts longer, or began later, than what would take its place may end. */
export class StandingStopError extends Error {
  override readonly name = 'StandingStopError';
}
