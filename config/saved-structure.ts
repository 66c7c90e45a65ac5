/** What an organization looked like when it was last read: everything that accounts lie under, and the accounts. */
export interface SavedStructure {
  /** When its form changes, this does. */
  version: 1;
  rootId: string;
  /** Without the root. */
  units: SavedUnit[];
  /** Closed and suspended ones too. */
  accounts: SavedAccount[];
}

/** An organizational unit. */
export interface SavedUnit {
  id: string;
  /** What it lies under directly. */
  parentId: string;
  name: string;
}

/** An account. */
export interface SavedAccount {
  id: string;
  name: string;
  /** What it lies under directly. */
  parentId: string;
  /** As AWS Organizations tells it: `ACTIVE`, `SUSPENDED`, …: https://docs.aws.amazon.com/organizations/latest/APIReference/API_Account.html */
  status: string;
}
