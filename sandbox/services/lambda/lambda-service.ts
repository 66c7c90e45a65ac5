import { isDeepStrictEqual } from 'node:util';
import { type Clock, systemClock } from '../../clock';
import type { EventLog } from '../../events';
import { type Failures, UnsupportedError } from '../../failures';
import { AccessDeniedError, type Gateway } from '../../gateway/api';
import { Limiter } from '../../limiter';
import { defaultEventInvokeConfig, type EventInvokeConfig, invokeWithRetries } from './asynchronous';
import type {
  EventSourceMapping,
  FunctionDefinition,
  FunctionPermission,
  InvocationResult,
  LambdaService,
  ServiceCaller,
} from './definitions';
import { FunctionRunner } from './function-runner';
import { lambdaApi, ThrottledError } from './lambda-api';
import { checkMapping } from './mapping-checks';
import { functionPolicy } from './permissions';
import { PolledQueue } from './polled-queue';
import { EventSourcePoller } from './poller';
import { observeQueues } from './queue-observer';
import { RoleSessions } from './role-sessions';

/** What Lambda's part of the sandbox is made from. */
export interface LambdaServiceOptions {
  gateway: Gateway;
  log: EventLog;
  failures: Failures;
  /** Divides how long a failed message stays invisible, and the pauses between asynchronous retries. */
  timeScale: number;
  /** Folder inside the project, from which `@aws-sdk/*` resolves; created when missing. */
  workDirectory: string;
  /** Where the Slack stand-in listens, for example `http://127.0.0.1:4000`. */
  slackEndpoint?: string;
  clock?: Clock;
  /** Whether each function gets its first execution environment when it is created, without anybody waiting for it. */
  prewarm?: boolean;
  /** How many execution environments a function has at the most; default 2. */
  environmentsPerFunction?: number;
  /** How many idle execution environments are kept; default 64. Each takes about 30 MB. */
  maximumWarm?: number;
}

interface RegisteredFunction {
  definition: FunctionDefinition;
  /** Bounds how often it runs at a time, where concurrency is reserved. */
  concurrency: Limiter;
  /**
   * Asynchronous invocations wait in a queue of Lambda's own:
   * https://docs.aws.amazon.com/lambda/latest/dg/invocation-async.html. Here they leave it one after the other, and so need one
   * execution environment: starting another would cost this machine more than they wait.
   */
  queue: Limiter;
}

/** Lambda's part of the sandbox; see `LambdaService` for what the rest of the sandbox uses. */
class SandboxLambdaService implements LambdaService {
  private readonly clock: Clock;
  private readonly sessions: RoleSessions;
  private readonly runner: FunctionRunner;
  private readonly functions = new Map<string, RegisteredFunction>();
  private readonly permissions = new Map<string, FunctionPermission[]>();
  private readonly invokeConfigs = new Map<string, EventInvokeConfig>();
  private readonly pollers = new Map<string, EventSourcePoller>();
  private readonly stopping = new AbortController();
  private readonly warming: Promise<void>[] = [];
  private running = 0;
  private started = 0;

  constructor(private readonly options: LambdaServiceOptions) {
    const { gateway, log, failures } = options;
    this.clock = options.clock ?? systemClock;
    this.sessions = new RoleSessions(gateway, this.clock);
    this.runner = new FunctionRunner({
      gateway,
      log,
      clock: this.clock,
      sessions: this.sessions,
      workDirectory: options.workDirectory,
      slackEndpoint: options.slackEndpoint,
      maximumWarm: options.maximumWarm ?? 64,
      environmentsPerFunction: options.environmentsPerFunction ?? 2,
    });
    gateway.own(
      'lambda',
      lambdaApi(
        {
          functions: () => [...this.functions.values()].map((registered) => registered.definition),
          invoke: (definition, payload) => this.invokeNow(definition.arn, payload),
          enqueue: (definition, payload) => {
            this.invokeAsynchronously(definition.arn, payload).catch((error: Error) =>
              failures.report(error),
            );
          },
        },
        failures,
      ),
    );
    observeQueues(gateway, log);
  }

  async createFunction(definition: FunctionDefinition): Promise<void> {
    if (!definition.runtime.startsWith('nodejs')) {
      throw new UnsupportedError(
        `The sandbox runs Node.js functions only, but ${definition.functionName} asks for ${definition.runtime}.`,
      );
    }
    // Lambda refuses a role that it cannot take, when the function is created.
    await this.sessions.of(definition);
    await this.runner.prepare(definition);
    const concurrency = new Limiter(definition.reservedConcurrency ?? Number.POSITIVE_INFINITY);
    this.functions.set(definition.arn, { definition, concurrency, queue: new Limiter(1) });
    if (this.options.prewarm === true) this.warming.push(this.prewarm(definition));
  }

  deleteFunction(functionArn: string): void {
    this.functions.delete(functionArn);
    this.permissions.delete(functionArn);
    this.invokeConfigs.delete(functionArn);
    this.options.gateway.setResourcePolicy(functionArn, undefined);
  }

  private async prewarm(definition: FunctionDefinition): Promise<void> {
    try {
      await this.runner.prewarm(definition);
    } catch (error) {
      this.options.failures.report(error instanceof Error ? error : new Error(String(error)));
    }
  }

  async warmed(): Promise<void> {
    await Promise.all(this.warming);
  }

  addPermission(permission: FunctionPermission): void {
    this.setPermissions(permission.functionArn, [...this.permissionsOf(permission), permission]);
  }

  removePermission(permission: FunctionPermission): void {
    const others = this.permissionsOf(permission).filter((other) => !isDeepStrictEqual(other, permission));
    this.setPermissions(permission.functionArn, others);
  }

  private permissionsOf({ functionArn }: FunctionPermission): FunctionPermission[] {
    return this.permissions.get(functionArn) ?? [];
  }

  private setPermissions(functionArn: string, all: FunctionPermission[]): void {
    this.permissions.set(functionArn, all);
    const policy = all.length === 0 ? undefined : functionPolicy(functionArn, all);
    this.options.gateway.setResourcePolicy(functionArn, policy);
  }

  putEventInvokeConfig(functionArn: string, config: EventInvokeConfig): void {
    this.invokeConfigs.set(functionArn, config);
  }

  deleteEventInvokeConfig(functionArn: string): void {
    this.invokeConfigs.delete(functionArn);
  }

  async createEventSourceMapping(mapping: EventSourceMapping): Promise<void> {
    const { definition } = this.functionOf(mapping.functionArn);
    const { gateway, failures, timeScale } = this.options;
    const queue = new PolledQueue(gateway, mapping.queueArn, () => this.sessions.of(definition), this.clock);
    await checkMapping(mapping, definition, queue, gateway, await this.sessions.of(definition));
    if (!mapping.enabled) return queue.close();
    const poller = new EventSourcePoller({
      mapping,
      queue,
      failures,
      clock: this.clock,
      timeScale,
      passed: () => this.runner.passed,
      invoke: (payload) => this.invokeWhenFree(mapping.functionArn, payload),
    });
    this.pollers.set(pollerKey(mapping), poller);
    poller.start();
  }

  async deleteEventSourceMapping(
    mapping: Pick<EventSourceMapping, 'functionArn' | 'queueArn'>,
  ): Promise<void> {
    const poller = this.pollers.get(pollerKey(mapping));
    this.pollers.delete(pollerKey(mapping));
    await poller?.stop();
  }

  async invokeForService(
    functionArn: string,
    payload: unknown,
    caller: ServiceCaller,
  ): Promise<InvocationResult> {
    this.admit(functionArn, caller);
    return await this.invokeAsynchronously(functionArn, JSON.stringify(payload));
  }

  async invokeAndWait(
    functionArn: string,
    payload: unknown,
    caller: ServiceCaller,
  ): Promise<InvocationResult> {
    this.admit(functionArn, caller);
    return await this.invokeNow(functionArn, JSON.stringify(payload));
  }

  passTime(milliseconds: number): void {
    this.runner.passTime(milliseconds);
  }

  async idle(): Promise<boolean> {
    return await this.calm(({ active, waiting }) => active + waiting === 0);
  }

  async settled(): Promise<boolean> {
    return await this.calm(({ active }) => active === 0);
  }

  async stop(): Promise<void> {
    this.stopping.abort();
    // A running function is ended first: a poller waits for its invocations.
    const pollers = Promise.all([...this.pollers.values()].map((poller) => poller.stop()));
    await this.runner.stop();
    await pollers;
  }

  /** Whether nothing runs and every polled queue is calm. A message can move on while the queues are being looked at. */
  private async calm(isCalm: (depth: { active: number; waiting: number }) => boolean): Promise<boolean> {
    const before = this.started;
    if (this.running > 0) return false;
    const depths = await Promise.all([...this.pollers.values()].map((poller) => poller.queue.depth()));
    return depths.every(isCalm) && this.running === 0 && this.started === before;
  }

  /** @throws AccessDeniedError when the function's policy does not let the service invoke it */
  private admit(functionArn: string, { servicePrincipal, sourceArn, sourceAccount }: ServiceCaller): void {
    const { gateway, log } = this.options;
    const action = 'lambda:InvokeFunction';
    const { allowed, reason } = gateway.authorize({
      principal: { kind: 'service', accountId: '', arn: servicePrincipal },
      action,
      resource: functionArn,
      resourceAccountId: this.functionOf(functionArn).definition.accountId,
      context: { 'aws:sourcearn': sourceArn, 'aws:sourceaccount': sourceAccount },
    });
    if (allowed) return;
    log.emit({ kind: 'denied', by: servicePrincipal, action, resource: functionArn, reason });
    throw new AccessDeniedError(
      `${servicePrincipal} may not invoke ${functionArn} for ${sourceArn}: ${reason}`,
    );
  }

  private functionOf(arn: string): RegisteredFunction {
    const registered = this.functions.get(arn);
    if (registered === undefined) {
      throw new Error(`There is no function ${arn}; create it before it is used.`);
    }
    return registered;
  }

  /** Counts as running from here, also while it waits for a retry. */
  private async counted(action: () => Promise<InvocationResult>): Promise<InvocationResult> {
    this.running += 1;
    this.started += 1;
    try {
      return await action();
    } finally {
      this.running -= 1;
    }
  }

  private invokeWhenFree(arn: string, payload: string): Promise<InvocationResult> {
    return this.counted(() => {
      const { definition, concurrency } = this.functionOf(arn);
      return concurrency.run(() => this.runner.run(definition, payload));
    });
  }

  private async invokeNow(arn: string, payload: string): Promise<InvocationResult> {
    if (this.functionOf(arn).concurrency.busy) {
      throw new ThrottledError(`${arn} already runs as often as its reserved concurrency allows.`);
    }
    return await this.invokeWhenFree(arn, payload);
  }

  private invokeAsynchronously(arn: string, payload: string): Promise<InvocationResult> {
    const config = this.invokeConfigs.get(arn) ?? defaultEventInvokeConfig;
    return this.counted(() =>
      invokeWithRetries(
        () => this.functionOf(arn).queue.run(() => this.invokeWhenFree(arn, payload)),
        config,
        this.clock,
        this.options.timeScale,
        this.stopping.signal,
      ),
    );
  }
}

function pollerKey({ functionArn, queueArn }: Pick<EventSourceMapping, 'functionArn' | 'queueArn'>): string {
  return `${functionArn} ${queueArn}`;
}

/** Makes Lambda's part of the sandbox; from now on it answers for `lambda` on the gateway. */
export function createLambdaService(options: LambdaServiceOptions): LambdaService {
  return new SandboxLambdaService(options);
}
