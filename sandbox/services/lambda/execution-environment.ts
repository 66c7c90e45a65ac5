import { randomUUID } from 'node:crypto';
import { join } from 'node:path';
import { Worker } from 'node:worker_threads';
import * as z from 'zod/mini';
import type { Clock } from '../../clock';
import type { Credentials } from '../../gateway/api';
import type { FunctionDefinition, InvocationResult } from './definitions';
import { environmentVariables, type LogDestination } from './environment-variables';
import { exited, maximumPayloadBytes, timedOut, tooLarge } from './invocation-errors';
import type { TimeShift } from './time-shift';

/**
 * Lambda gives the Init phase 10 seconds, and then once more the function's timeout:
 * https://docs.aws.amazon.com/lambda/latest/dg/lambda-runtime-environment.html
 */
const initSeconds = 10;

const messageSchema = z.discriminatedUnion('type', [
  z.object({ type: z.literal('ready') }),
  z.object({ type: z.literal('line'), line: z.string() }),
  z.object({ type: z.literal('answer'), payload: z.string() }),
  z.object({ type: z.literal('error'), payload: z.string() }),
]);

/** What an execution environment is made from. */
export interface ExecutionEnvironmentOptions {
  definition: FunctionDefinition;
  /** Folder of the function's code. */
  directory: string;
  credentials: Credentials;
  gatewayPort: number;
  /** Where the Slack stand-in listens, for example `http://127.0.0.1:4000`. */
  slackEndpoint: string | undefined;
  clock: Clock;
  /** How far its own clock is ahead. */
  timeShift: TimeShift;
  /** Is told every line that the function prints; `requestId` is empty outside an invocation. */
  onLine(line: string, requestId: string): void;
}

/**
 * One execution environment of a function: a worker thread that handles one invocation after the other. Unlike Lambda's,
 * it is not frozen between invocations; what a function leaves running goes on.
 */
export class ExecutionEnvironment {
  /** Resolves when the code is loaded: with undefined, or with the error that every invocation of it would get. */
  readonly ready: Promise<InvocationResult | undefined>;
  private readonly worker: Worker;
  private readonly destination: LogDestination;
  private requestId = '';
  private ended = false;
  private settle: (result: InvocationResult | undefined) => void = () => {};

  constructor(private readonly options: ExecutionEnvironmentOptions) {
    const { definition, directory, slackEndpoint, timeShift } = options;
    const day = new Date(options.clock.now()).toISOString().slice(0, 10).replaceAll('-', '/');
    this.destination = {
      logGroupName: `/aws/lambda/${definition.functionName}`,
      logStreamName: `${day}/[$LATEST]${randomUUID().replaceAll('-', '')}`,
    };
    this.worker = new Worker(join(__dirname, 'worker.js'), {
      name: definition.functionName,
      env: environmentVariables(
        definition,
        options.credentials,
        this.destination,
        directory,
        options.gatewayPort,
      ),
      // A transpiler that this process was started with must not reach into the function.
      execArgv: [],
      workerData: { directory, handler: definition.handler, slackEndpoint, timeShift: timeShift.memory },
      resourceLimits: { maxOldGenerationSizeMb: definition.memoryMegabytes },
    });
    this.ready = this.answerWithin(initSeconds + definition.timeoutSeconds);
    this.worker.on('message', (message: unknown) => this.receive(messageSchema.parse(message)));
    this.worker.on('error', (error: NodeJS.ErrnoException) => {
      this.end(error.code === 'ERR_WORKER_OUT_OF_MEMORY' ? 'signal: killed (out of memory)' : String(error));
    });
    this.worker.on('exit', (status) => this.end(`exit status ${status}`));
  }

  /** Whether it can take a further invocation. */
  get alive(): boolean {
    return !this.ended;
  }

  /** Access key id of the credentials that its code was given. */
  get accessKeyId(): string {
    return this.options.credentials.accessKeyId;
  }

  /**
   * Runs one invocation; only one at a time, and only after `ready` resolved with undefined.
   *
   * @param payload JSON text of the event
   */
  async invoke(payload: string, requestId: string): Promise<InvocationResult> {
    const { definition, clock } = this.options;
    if (this.ended) return exited(requestId, 'the execution environment has ended');
    this.requestId = requestId;
    const answer = this.answerWithin(definition.timeoutSeconds);
    this.worker.postMessage({
      payload,
      remainingMilliseconds: definition.timeoutSeconds * 1000,
      traceId: `Root=1-${Math.floor(clock.now() / 1000).toString(16)}-${requestId.replaceAll('-', '').slice(0, 24)};Sampled=0`,
      context: {
        awsRequestId: requestId,
        functionName: definition.functionName,
        functionVersion: '$LATEST',
        invokedFunctionArn: definition.arn,
        memoryLimitInMB: String(definition.memoryMegabytes),
        ...this.destination,
      },
    });
    const result = await answer;
    this.requestId = '';
    // Only an answer of the initialization is undefined.
    return result ?? { payload: 'null' };
  }

  /** Ends the thread; an invocation that still runs gets an error. */
  async terminate(): Promise<void> {
    this.end('the execution environment was shut down');
    await this.worker.terminate();
  }

  /** The next answer, or Lambda's timeout error, after which the environment is gone. */
  private answerWithin(seconds: number): Promise<InvocationResult | undefined> {
    const { clock, definition } = this.options;
    return new Promise((resolve) => {
      const cancel = clock.after(seconds * 1000, () => {
        const result = timedOut(this.requestId, definition.timeoutSeconds);
        this.options.onLine(String(JSON.parse(result.payload).errorMessage), this.requestId);
        this.settle(result);
        this.terminate().catch(() => {});
      });
      this.settle = (result) => {
        cancel();
        this.settle = () => {};
        resolve(result);
      };
    });
  }

  private receive(message: z.infer<typeof messageSchema>): void {
    switch (message.type) {
      case 'line':
        this.options.onLine(message.line, this.requestId);
        break;
      case 'ready':
        this.settle(undefined);
        break;
      case 'error':
        this.settle({ payload: message.payload, functionError: 'Unhandled' });
        break;
      case 'answer': {
        const bytes = Buffer.byteLength(message.payload);
        this.settle(bytes > maximumPayloadBytes ? tooLarge(bytes) : { payload: message.payload });
      }
    }
  }

  private end(cause: string): void {
    this.ended = true;
    this.settle(exited(this.requestId, cause));
  }
}
