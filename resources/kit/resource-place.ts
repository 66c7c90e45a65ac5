/** Where a resource lies. */
export interface ResourcePlace {
  /** Twelve digits. */
  accountId: string;
  region: string;
}
