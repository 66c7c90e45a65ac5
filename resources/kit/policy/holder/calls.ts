/** For what a policy is written: to take what is dangerous from it, or to give that back. */
export type WritePurpose = 'fix' | 'undo';

/** The calls that reach the policy of one live resource. */
export interface PolicyCalls {
  /**
   * The policy as it is now.
   * @returns its text; undefined where there is none
   * @throws the service's own error
   */
  readPolicy(): Promise<string | undefined>;
  /**
   * Replaces the policy as a whole. Asks right before whether anything may be written.
   * @param policy its text; undefined deletes it
   * @throws StoppedError; the service's own error, of which `mayHaveBeenMade` knows what it says of the write
   */
  writePolicy(policy: string | undefined, purpose: WritePurpose): Promise<void>;
}
