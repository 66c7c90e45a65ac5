import type { Place } from '../../events';

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

/** For what an AWS service invokes a function. */
export interface ServiceCaller {
  servicePrincipal: string;
  sourceArn: string;
  sourceAccount: string;
}

/** Lambda's part of the sandbox. */
export interface LambdaService {
  /** Creates a function, or gives it new code and settings: what runs already ends with the old ones. */
  createFunction(definition: FunctionDefinition): Promise<void>;
  /** Deletes a function with its permissions and settings; a call of it that runs ends as it would. */
  deleteFunction(functionArn: string): void;
  /** Resolves when the execution environments that functions get when they are created have loaded their code. */
  warmed(): Promise<void>;
  addPermission(permission: FunctionPermission): void;
  removePermission(permission: FunctionPermission): void;
  /** Sets how often an asynchronous invocation is repeated, 0 to 2 times; without it twice. */
  putEventInvokeConfig(functionArn: string, config: { maximumRetryAttempts: number }): void;
  deleteEventInvokeConfig(functionArn: string): void;
  createEventSourceMapping(mapping: EventSourceMapping): Promise<void>;
  /** Ends the polling of a queue for a function; what it has received is handled to its end. */
  deleteEventSourceMapping(mapping: Pick<EventSourceMapping, 'functionArn' | 'queueArn'>): Promise<void>;
  /**
   * Runs a function for an AWS service, asynchronously as far as repetitions go, after checking the function's permissions for it;
   * waits for the answer.
   */
  invokeForService(functionArn: string, payload: unknown, caller: ServiceCaller): Promise<InvocationResult>;
  /**
   * Runs a function once for an AWS service that waits for its answer.
   * @throws AccessDeniedError, ThrottledError
   */
  invokeAndWait(functionArn: string, payload: unknown, caller: ServiceCaller): Promise<InvocationResult>;
  /** Lets time pass for the functions: their `Date` goes ahead of this machine's clock. Nothing else does. */
  passTime(milliseconds: number): void;
  /** Whether nothing runs, and no polled queue holds a message: visible, delayed, in flight or waiting after a failure. */
  idle(): Promise<boolean>;
  /** As `idle`, but messages that failed and wait to be tried again are disregarded. */
  settled(): Promise<boolean>;
  stop(): Promise<void>;
}
