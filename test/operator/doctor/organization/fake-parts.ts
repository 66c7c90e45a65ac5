/** A service control policy. */
export interface FakePolicy {
  name: string;
  content: string;
  targets: Set<string>;
}

/** The organization's trail. */
export interface FakeTrail {
  arn: string;
  isLogging: boolean;
  isEverywhere: boolean;
}

/** A stack instance. */
export interface FakeInstance {
  Account: string;
  Region: string;
  Status: string;
  StackInstanceStatus: { DetailedStatus: string };
  StatusReason?: string;
}

/** A rule of AWS Config. */
export interface FakeRule {
  parameters: string;
  succeededAt?: Date;
  failedAt?: Date;
  failure?: string;
}

/** A Region of an account. */
export interface FakeRegion {
  optIn: string;
  recorder: { configuration: Record<string, unknown>; isRecording: boolean } | undefined;
  rules: Map<string, FakeRule>;
  /** Rules of EventBridge, and whether each is enabled. */
  forwarding: Map<string, boolean>;
}

/** An account. */
export interface FakeAccount {
  id: string;
  name: string;
  parentId: string;
  status: string;
  roles: Set<string>;
  regions: Map<string, FakeRegion>;
}
