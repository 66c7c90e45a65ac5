import { randomUUID } from 'node:crypto';
import { availableParallelism } from 'node:os';
import type { Clock } from '../../clock';
import type { EventLog } from '../../events';
import type { Gateway } from '../../gateway/api';
import { Limiter } from '../../limiter';
import { CodeStore } from './code';
import type { FunctionDefinition, InvocationResult } from './definitions';
import { ExecutionEnvironment } from './execution-environment';
import type { RoleSessions } from './role-sessions';
import { TimeShift } from './time-shift';
import { WarmEnvironments } from './warm-environments';

/** What the runner needs to know of the sandbox around it. */
export interface FunctionRunnerOptions {
  gateway: Gateway;
  log: EventLog;
  clock: Clock;
  sessions: RoleSessions;
  /** Folder inside the project, under which the functions' code is laid out. */
  workDirectory: string;
  /** Where the Slack stand-in listens. */
  slackEndpoint: string | undefined;
  /** How many execution environments may wait for work at a time; a worker thread takes about 30 MB. */
  maximumWarm: number;
  /**
   * How many execution environments a function has at the most; a further invocation waits. Lambda would start one more,
   * on a machine of its own; here all share this machine's cores, and a start takes many times as long as an invocation.
   */
  environmentsPerFunction: number;
}

/** Runs functions in execution environments, warm ones first. */
export class FunctionRunner {
  private readonly code: CodeStore;
  private readonly warm: WarmEnvironments;
  private readonly busy = new Set<ExecutionEnvironment>();
  private readonly timeShift = new TimeShift();
  /** The latest definition of each function, by its ARN. */
  private readonly latest = new Map<string, FunctionDefinition>();
  /** By the function's ARN. */
  private readonly places = new Map<string, Limiter>();
  private stopped = false;
  /** Loading a bundle takes a whole core, so more starts at a time would only make every one of them slower. */
  private readonly starts = new Limiter(Math.max(2, availableParallelism()));

  constructor(private readonly options: FunctionRunnerOptions) {
    this.code = new CodeStore(options.workDirectory);
    this.warm = new WarmEnvironments(options.maximumWarm);
  }

  /** Lays out the code, and drops environments of an earlier definition of the same function. */
  async prepare(definition: FunctionDefinition): Promise<void> {
    this.latest.set(definition.arn, definition);
    for (const environment of this.warm.clear(definition.arn)) await environment.terminate();
    await this.code.directoryOf(definition.code);
  }

  /** Starts an environment that waits for the function's first invocation. One that fails to start is dropped. */
  async prewarm(definition: FunctionDefinition): Promise<void> {
    const environment = await this.start(definition);
    if ((await environment.ready) === undefined) await this.release(definition, environment);
    else this.busy.delete(environment);
  }

  /**
   * Runs a function once, and records it.
   *
   * @param payload JSON text of the event
   */
  run(definition: FunctionDefinition, payload: string): Promise<InvocationResult> {
    let places = this.places.get(definition.arn);
    if (places === undefined) {
      places = new Limiter(this.options.environmentsPerFunction);
      this.places.set(definition.arn, places);
    }
    return places.run(() => this.runNow(definition, payload));
  }

  private async runNow(definition: FunctionDefinition, payload: string): Promise<InvocationResult> {
    const { clock, log, sessions } = this.options;
    const requestId = randomUUID();
    const begin = clock.now();
    const { accessKeyId } = await sessions.of(definition);
    const warm = await this.takeWarm(definition, accessKeyId);
    const environment = warm ?? (await this.start(definition));
    const result = (await environment.ready) ?? (await environment.invoke(payload, requestId));
    await this.release(definition, environment);
    log.emit({
      kind: 'invoked',
      accountId: definition.accountId,
      region: definition.region,
      functionName: definition.functionName,
      requestId,
      milliseconds: clock.now() - begin,
      cold: warm === undefined,
      ...(result.functionError === undefined ? {} : { error: result.payload }),
    });
    return result;
  }

  /** Lets time pass for every function: `Date` goes ahead, also in environments that are started later. */
  passTime(milliseconds: number): void {
    this.timeShift.pass(milliseconds);
  }

  /** How far the functions' clocks are ahead, in milliseconds. */
  get passed(): number {
    return this.timeShift.passed;
  }

  /** Ends every environment. */
  async stop(): Promise<void> {
    this.stopped = true;
    const all = [...this.warm.clear(), ...this.busy];
    await Promise.all(all.map((environment) => environment.terminate()));
  }

  /** A living environment with the function's current credentials; those with older ones are ended. */
  private async takeWarm(
    definition: FunctionDefinition,
    accessKeyId: string,
  ): Promise<ExecutionEnvironment | undefined> {
    for (;;) {
      const environment = this.warm.take(definition.arn);
      if (environment === undefined) return undefined;
      if (environment.alive && environment.accessKeyId === accessKeyId) {
        this.busy.add(environment);
        return environment;
      }
      await environment.terminate();
    }
  }

  private start(definition: FunctionDefinition): Promise<ExecutionEnvironment> {
    return this.starts.run(async () => {
      const { gateway, log, clock, sessions, slackEndpoint } = this.options;
      const environment = new ExecutionEnvironment({
        definition,
        directory: await this.code.directoryOf(definition.code),
        credentials: await sessions.of(definition),
        gatewayPort: gateway.port,
        slackEndpoint,
        clock,
        timeShift: this.timeShift,
        onLine: (line, requestId) => {
          const { accountId, region, functionName } = definition;
          log.emit({ kind: 'log', accountId, region, functionName, requestId, line });
        },
      });
      this.busy.add(environment);
      // A start that waited for its turn may come after the end.
      if (this.stopped) await environment.terminate();
      await environment.ready;
      return environment;
    });
  }

  private async release(definition: FunctionDefinition, environment: ExecutionEnvironment): Promise<void> {
    this.busy.delete(environment);
    const useful = environment.alive && !this.stopped && this.latest.get(definition.arn) === definition;
    const surplus = useful ? this.warm.put(definition.arn, environment) : [environment];
    await Promise.all(surplus.map((one) => one.terminate()));
  }
}
