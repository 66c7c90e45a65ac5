/**
 * What a simulated day of the hub counts, in which nothing is new: its schedules, walks of every account and Region, a look at what is
 * dangerous and whose flag is off, and calls that opened nothing. Capacity of DynamoDB, on demand. A test holds it to the simulation.
 */
export const countedDay = {
  /** Of the hub's schedules together, however many accounts are watched. */
  schedules: { reads: 16_930, writes: 100 },
  /** Of an account in a Region, by the patrol. */
  walk: { reads: 3, writes: 7 },
  /** Of one danger that is known already. */
  look: { functions: 1, reads: 3, writes: 7 },
  /**
   * Of a call that CloudTrail recorded: each control of a group's type looks. A write says, once an hour and place at the most, that
   * events arrive.
   */
  event: { functions: 2, reads: 7, writes: 1 },
  /** How often all that is covered is listed, and how large an item of it is; there is one for each account and Region. */
  lists: 312,
  coverageBytes: 1_550,
} as const;

/** Assumptions of what a function takes, on the slow side. */
export const assumed = {
  rule: { seconds: 0.3, megabytes: 256 },
  /** The coordinator and the remediation function that reads, both of 512 MB, while one waits for the other. */
  look: { coordinatorSeconds: 2, remediationSeconds: 1, megabytes: 512 },
  /** A schedule's firing where nothing is due. */
  firing: { seconds: 1, megabytes: 512 },
  /** Lines of a walk's two functions, and of any other invocation, Lambda's own included. */
  logBytes: { walk: 3_000, invocation: 1_000 },
} as const;
