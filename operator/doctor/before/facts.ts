import type { Reading } from '../../aws/reading';
import type { ExpectedAccount, RecorderFacts } from '../deployed/facts';

/** A service control policy, and what it is attached to. */
export interface ControlPolicyFacts {
  id: string;
  name: string;
  /** JSON. */
  content: string;
  /** Ids of accounts, units or the root. */
  targets: readonly string[];
}

/** The organization's trail of CloudTrail. */
export interface TrailFacts {
  arn: string;
  homeRegion: string;
  isLogging: boolean;
  /** Whether it logs in every Region. */
  isEverywhere: boolean;
}

/** An operation of a stack set that has not ended. */
export interface RunningOperation {
  stackSet: string;
  id: string;
  /** `CREATE`, `UPDATE`, … */
  action: string;
}

/** What was read of an account. */
export interface AccountBefore extends ExpectedAccount {
  /** The account, the units that it lies under and the root: ids, the nearest first. */
  chain: readonly string[];
  /** What AWS says of each Region: `opted-in`, `not-opted-in`, `opt-in-not-required`. */
  optIns: Reading<ReadonlyMap<string, string>>;
  /** By Region. */
  recorders: ReadonlyMap<string, Reading<RecorderFacts | undefined>>;
}

/** What was read of the account that will be the hub. */
export interface HubBefore {
  optIns: Reading<ReadonlyMap<string, string>>;
  /** Executions of Lambda at once in the account and Region. */
  executions: Reading<number>;
  /** Whether the account and Region are bootstrapped. */
  isBootstrapped: Reading<boolean>;
  /** Whether the delivery bucket's name is free, or the hub's own already; false where somebody else has it. */
  bucketIsOurs: Reading<boolean>;
  /** Operations of Staunch's stack sets. */
  operations: Reading<readonly RunningOperation[]>;
}

/** Everything that the checks before a deployment judge by; read once. */
export interface BeforeFacts {
  /** Whose credentials were used. */
  caller: string;
  hub: { account: string; region: string };
  managementAccount: string;
  regions: readonly string[];
  /** Executions of Lambda that the hub takes at once. */
  executionsNeeded: number;
  recordedTypes: readonly string[];
  bucketName: string;
  /** Whether all features of AWS Organizations are enabled. */
  allFeatures: Reading<boolean>;
  /** Services that may work in the whole organization. */
  trusted: Reading<ReadonlySet<string>>;
  /** Accounts that administer stack sets for the organization. */
  administrators: Reading<ReadonlySet<string>>;
  /** Whether the hub's account is in the organization. */
  hubIsMember: boolean;
  trail: Reading<TrailFacts | undefined>;
  controlPolicies: Reading<readonly ControlPolicyFacts[]>;
  hubFacts: HubBefore;
  managementOptIns: Reading<ReadonlyMap<string, string>>;
  accounts: readonly AccountBefore[];
}
