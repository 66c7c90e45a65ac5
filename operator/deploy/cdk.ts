/** How a run of the AWS CDK's command line ended. */
export interface CdkRun {
  ok: boolean;
  /** The last lines that it printed. */
  said: readonly string[];
}

/** The AWS CDK's command line, on one synthesized assembly. */
export interface Cdk {
  /**
   * Deploys one stack, and nothing that it depends on.
   * @param adopt whether resources of the same names that are there already become the stack's: what was kept of an earlier one
   * @param progress hears each line
   */
  deploy(stack: string, options: { adopt: boolean }, progress: (line: string) => void): Promise<CdkRun>;
  /** Removes one stack. */
  destroy(stack: string, progress: (line: string) => void): Promise<CdkRun>;
}
