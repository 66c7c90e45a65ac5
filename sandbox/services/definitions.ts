import type { Place } from '../events';

/** A Lambda function, as its template describes it. */
export interface FunctionDefinition extends Place {
  functionName: string;
  /** `arn:aws:lambda:REGION:ACCOUNT:function:NAME` */
  arn: string;
  roleArn: string;
  /** For example `index.handler`. */
  handler: string;
  runtime: string;
  /** Source text of `index.js`, or the folder of an asset. */
  code: { inline: string } | { directory: string };
  environment: Record<string, string>;
  timeoutSeconds: number;
  memoryMegabytes: number;
  reservedConcurrency?: number;
}

/** A resource policy statement of a function, as `AWS::Lambda::Permission` describes it. */
export interface FunctionPermission {
  functionArn: string;
  action: string;
  principal: string;
  sourceArn?: string;
  sourceAccount?: string;
}

/** A queue that Lambda polls for a function. */
export interface EventSourceMapping extends Place {
  functionArn: string;
  queueArn: string;
  enabled: boolean;
  batchSize: number;
  maximumBatchingWindowSeconds: number;
  maximumConcurrency?: number;
  reportBatchItemFailures: boolean;
}

/** What a function answered. */
export interface InvocationResult {
  /** JSON text; for an error Lambda's `{ errorType, errorMessage, trace }`. */
  payload: string;
  /** `Unhandled` when the function threw, timed out or died. */
  functionError?: 'Unhandled';
}

/** Lambda's part of the sandbox. */
export interface LambdaService {
  /** Creates a function, or gives it new code and settings: what runs already ends with the old ones. */
  createFunction(definition: FunctionDefinition): Promise<void>;
  addPermission(permission: FunctionPermission): void;
  /** Sets how often an asynchronous invocation is repeated, 0 to 2 times; without it twice. */
  putEventInvokeConfig(functionArn: string, config: { maximumRetryAttempts: number }): void;
  createEventSourceMapping(mapping: EventSourceMapping): Promise<void>;
  /** Runs a function for an AWS service, after checking the function's permissions for it; waits for the answer. */
  invokeForService(
    functionArn: string,
    payload: unknown,
    caller: { servicePrincipal: string; sourceArn: string; sourceAccount: string },
  ): Promise<InvocationResult>;
  /** Lets time pass for the functions: their `Date` goes ahead of this machine's clock. Nothing else does. */
  passTime(milliseconds: number): void;
  /** Whether nothing runs, and no polled queue holds a message: visible, delayed, in flight or waiting after a failure. */
  idle(): Promise<boolean>;
  /** As `idle`, but messages that failed and wait to be tried again are disregarded. */
  settled(): Promise<boolean>;
  stop(): Promise<void>;
}

/** An EventBridge rule, as its template describes it. */
export interface EventRule extends Place {
  name: string;
  arn: string;
  /** `default`, or the bus's name. */
  eventBusName: string;
  /** Pattern as an object; absent for a schedule. */
  eventPattern?: Record<string, unknown>;
  /** `rate(1 minute)`; absent for a pattern. */
  scheduleExpression?: string;
  enabled: boolean;
  targets: { id: string; arn: string; roleArn?: string; input?: string }[];
}

/** An event as EventBridge delivers it. */
export interface EventEnvelope {
  version: '0';
  id: string;
  'detail-type': string;
  source: string;
  account: string;
  time: string;
  region: string;
  resources: string[];
  detail: unknown;
}

/** EventBridge's part of the sandbox. */
export interface EventsService {
  createEventBus(place: Place, name: string): void;
  /** Starts a schedule too; its rate is divided by the sandbox's time scale. */
  putRule(rule: EventRule): void;
  /** Puts an event that an AWS service makes on an account's default bus. */
  emitFromService(
    place: Place,
    event: { source: string; detailType: string; resources?: string[]; detail: unknown },
  ): Promise<void>;
  /** Whether every event was delivered to its targets; for a function also: whether it has answered. */
  idle(): boolean;
  stop(): void;
}

/** An AWS Config rule, as its template describes it. */
export interface ConfigRule extends Place {
  name: string;
  arn: string;
  owner: 'AWS' | 'CUSTOM_LAMBDA';
  /** Managed rule identifier, or the function's ARN. */
  sourceIdentifier: string;
  /** JSON text of the rule's parameters; absent for none. */
  inputParameters?: string;
  /** Resource types of the scope; empty for none. */
  resourceTypes: string[];
  messageTypes: string[];
}

/** AWS Config's part of the sandbox. */
export interface ConfigService {
  putConfigurationRecorder(
    place: Place,
    recorder: { name: string; roleArn: string; resourceTypes: string[]; allSupported: boolean },
  ): void;
  putDeliveryChannel(place: Place, channel: { name: string; bucketName: string }): Promise<void>;
  /** Also evaluates what exists already, as AWS Config does for a new rule. */
  putRule(rule: ConfigRule): Promise<void>;
  /** Whether every recorded change was evaluated. */
  idle(): boolean;
  stop(): void;
}
