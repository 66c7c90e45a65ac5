import type { FaultsAt, Run } from './replay';

const mostShown = 20;

/** Counts runs, and remembers those after which something does not hold. */
export class Tally {
  readonly #counts = { scenarios: 0, calls: 0, faults: 0, runs: 0, violations: 0 };
  readonly #failed: string[] = [];
  readonly #began = performance.now();
  readonly #cpu = process.cpuUsage();

  constructor(private readonly name: string) {}

  /** A scenario, and how many of its calls are disturbed. */
  scenario(calls: number): void {
    this.#counts.scenarios += 1;
    this.#counts.calls += calls;
  }

  /**
   * A run.
   * @param call how the run is repeated: the call of a function of `replay.ts`, without its faults and its end
   */
  add(call: string, faults: FaultsAt, { violations }: Run): void {
    this.#counts.runs += 1;
    this.#counts.faults += faults.length;
    if (violations.length === 0) return;
    this.#counts.violations += violations.length;
    const repeated = `expect(await ${call}, ${JSON.stringify(faults)})).toEqual([]);`;
    this.#failed.push([repeated, ...violations.map((violation) => `  ${violation}`)].join('\n'));
  }

  /** Prints the counts. @returns the runs that failed, each with a line that can be pasted into a test */
  end(): string[] {
    const counts = Object.entries(this.#counts).map(([what, count]) => `${count} ${what}`);
    const seconds = ((performance.now() - this.#began) / 1_000).toFixed(0);
    const { user, system } = process.cpuUsage(this.#cpu);
    const cpu = ((user + system) / 1_000_000).toFixed(0);
    process.stdout.write(`${this.name}: ${counts.join(', ')}; ${seconds} s, ${cpu} s of CPU\n`);
    const more = this.#failed.length - mostShown;
    return [...this.#failed.slice(0, mostShown), ...(more > 0 ? [`And ${more} more.`] : [])];
  }
}
