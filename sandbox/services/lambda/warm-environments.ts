import type { ExecutionEnvironment } from './execution-environment';

/** The execution environments that wait for their next invocation, of all functions; the longest idle go first. */
export class WarmEnvironments {
  private idle: { functionArn: string; environment: ExecutionEnvironment }[] = [];

  constructor(private readonly maximum: number) {}

  /** Takes the environment of this function that was used last, or undefined when none waits. */
  take(functionArn: string): ExecutionEnvironment | undefined {
    const index = this.idle.findLastIndex((entry) => entry.functionArn === functionArn);
    return index < 0 ? undefined : this.idle.splice(index, 1)[0]?.environment;
  }

  /** Keeps an environment for later; returns those that have to go, because too many wait. */
  put(functionArn: string, environment: ExecutionEnvironment): ExecutionEnvironment[] {
    this.idle.push({ functionArn, environment });
    return this.idle
      .splice(0, Math.max(0, this.idle.length - this.maximum))
      .map((entry) => entry.environment);
  }

  /** Takes out every environment, or those of one function. */
  clear(functionArn?: string): ExecutionEnvironment[] {
    const gone = this.idle.filter((entry) => functionArn === undefined || entry.functionArn === functionArn);
    this.idle = this.idle.filter((entry) => !gone.includes(entry));
    return gone.map((entry) => entry.environment);
  }
}
