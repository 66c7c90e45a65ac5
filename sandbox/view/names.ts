/** Account names by id, so that people read names. */
export class AccountNames {
  private readonly names = new Map<string, string>();

  learn(accountId: string, name: string): void {
    this.names.set(accountId, name);
  }

  /** The account's name, or its id as long as the name is not known. */
  of(accountId: string): string {
    return this.names.get(accountId) ?? accountId;
  }
}
