/** What the gateway learned of secrets, by their ARN. */
export class Secrets {
  /** ARNs of the customers' own keys that encrypt them; a secret that is not here has AWS's key for Secrets Manager. */
  readonly keys = new Map<string, string>();
  /** Secrets that are marked for deletion. */
  readonly marked = new Set<string>();

  /** Forgets a secret that is gone. */
  forget(arn: string): void {
    this.keys.delete(arn);
    this.marked.delete(arn);
  }
}
