/**
 * What functions of the hub write into their logs for CloudWatch to count. The functions write these lines, and the hub's metric
 * filters look for them, so that they stand here once.
 */
export const logLines = {
  /** The coordinator, at the end of every sweep. */
  swept: 'Swept',
  /** The coordinator, each hour, with how many accounts in Regions of the policy are `uncovered`, of which a patrol could have come. */
  coverageSeen: 'The coverage was looked through',
  /** The notifier, of what it has told the channel; of a report with its finding, state, severity and `secondsOpen`. */
  posted: 'Posted',
  /** The reconcile, at its end, with how many stacks `failed`. */
  reconciled: 'The stack sets were looked through',
  /** The daily doctor, at its end, with how many `checks` it made and `gaps` it found. */
  doctored: 'Every account was asked how it is',
  /** The notifier, of an event of a member that nobody can read. */
  unreadableEvent: 'Dropped an event that cannot be read',
} as const;
