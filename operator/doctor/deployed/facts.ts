import type { RecorderMode } from '../../../config/recorder';
import type { ProbeWay } from '../../../core/probe';
import type { CoverageRow } from '../../../ledger/coverage/coverage-gaps';
import type { Reading } from '../../aws/reading';

/** An account of the organization, as the policy covers it. */
export interface ExpectedAccount {
  accountId: string;
  name: string;
  /** What it lies under directly: an organizational unit, or the root. */
  unitId: string;
  /** Why nothing of Staunch is meant to be there; absent where it is covered. */
  notCovered?: string;
  recorder: RecorderMode;
  /** Whether the recorder may record once a day: so says the policy of Staunch's own. */
  mayBeDaily: boolean;
  /** Whether Staunch may change something there. */
  remediation: boolean;
  /** Whether it is deployed to first. */
  pilot: boolean;
  /** The stack sets that have an instance there; one of several where either will do. */
  sets: readonly { names: readonly string[]; regions: readonly string[] }[];
}

/** A stack instance, as AWS tells it. */
export interface InstanceFacts {
  accountId: string;
  region: string;
  /** The unit, or the root, through which the stack set reached the account. */
  unitId: string;
  /** The stack's ARN; empty where none was made. */
  stackId: string;
  /** `CURRENT`, `OUTDATED`, `INOPERABLE`. */
  status: string;
  /** `SUCCEEDED`, `FAILED`, …; empty where AWS tells none. */
  detailed: string;
  /** AWS's words; empty where it gives none. */
  reason: string;
}

/** The configuration recorder of an account in a Region. */
export interface RecorderFacts {
  name: string;
  /** The role with which it records. */
  roleArn: string;
  isRecording: boolean;
  /** AWS's words on the last delivery that failed; absent where it did not. */
  failure?: string;
  /** Whether it records every supported type, but for those that it excludes. */
  everything: boolean;
  /** Types that it records, or where it records everything, those that it leaves out. */
  types: readonly string[];
  /** Whether it records once a day, but for the types of `otherwise`; else continuously, but for these. */
  isDaily: boolean;
  otherwise: readonly string[];
}

/** A rule of AWS Config, and how its evaluations went. */
export interface RuleFacts {
  name: string;
  /** `ACTIVE`, `DELETING`, … */
  state: string;
  /** What the rule is called with; JSON. */
  parameters: string;
  /** When it was evaluated last without an error, and with one: milliseconds since 1970. */
  succeededAt?: number;
  failedAt?: number;
  /** AWS's words on that error. */
  failure?: string;
}

/** What was read in an account and Region. */
export interface PlaceFacts {
  accountId: string;
  region: string;
  recorder: Reading<RecorderFacts | undefined>;
  rules: Reading<readonly RuleFacts[]>;
  /** Names of the rules of EventBridge that forward, and whether each is enabled. */
  forwarding: Reading<ReadonlyMap<string, boolean>>;
  /** Whether a trail of CloudTrail logs. */
  trail: Reading<boolean>;
}

/** What was read of an account. */
export interface AccountFacts extends ExpectedAccount {
  /** Whether the role by which the hub reads can be assumed. */
  session: Reading<true>;
  /** Whether each of Staunch's other roles is there, by name. */
  roles: Reading<ReadonlyMap<string, boolean>>;
  /** A role that the coordinator could not assume lately: AWS's words. */
  refused?: string;
}

/** A rule that should be in every watched account and Region. */
export interface ExpectedRule {
  name: string;
  /** One Region only: the hub's. */
  homeOnly: boolean;
  /** The digest of the code that decides; absent for rules of AWS's own. */
  code?: string;
  /** Evaluated by time, not by change. */
  isPeriodic: boolean;
}

/** A synthetic finding: whether it was sent, and when the coordinator recognized it. */
export interface ProbeFacts extends ProbeWay {
  sent: Reading<true>;
  /** How long it took from the beginning of its round; absent where it did not arrive in time. */
  milliseconds?: number;
}

/** Everything that the checks after a deployment judge by; read once. */
export interface DeployedFacts {
  now: Date;
  hub: { account: string; region: string };
  managementAccount: string;
  regions: readonly string[];
  /** Whether the caller may be the doctor, without which no account can be read. */
  doctor: Reading<true>;
  accounts: readonly AccountFacts[];
  places: readonly PlaceFacts[];
  /** The instances of each stack set, by its name. */
  instances: ReadonlyMap<string, Reading<readonly InstanceFacts[]>>;
  rules: readonly ExpectedRule[];
  /** Types that a recorder has to record, and continuously. */
  recordedTypes: readonly string[];
  /** Names of the rules of EventBridge that forward what CloudTrail records. */
  forwardingRules: readonly string[];
  /** Whether what the hub works by is what the policy's file says; absent where nobody compares. */
  policy?: Reading<boolean>;
  /** What became of the probes; absent where none was sent. */
  probes?: Reading<readonly ProbeFacts[]>;
  /** How far each account and Region was patrolled. */
  coverage: Reading<readonly CoverageRow[]>;
}
