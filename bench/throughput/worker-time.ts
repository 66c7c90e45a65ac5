/** Where the time of all workers went, in milliseconds. */
export class WorkerTime {
  /** Waiting that is nobody's work: for a throttle, or because others were faster; by what was waited for. */
  readonly waited = new Map<string, number>();
  /** While there were messages for all of them. */
  total = 0;

  /** Some of it was waiting. */
  wait(resource: string, milliseconds: number): void {
    this.waited.set(resource, (this.waited.get(resource) ?? 0) + milliseconds);
  }
}

/** What keeps a number of workers from fixing more in the same time. */
export interface Bound {
  /** `workers` where more of them would fix more. */
  name: string;
  /** Its share of the workers' time, from 0 to 1. */
  share: number;
}

/** Less waiting than this for any one thing leaves more to be gained by more workers. */
const leastShare = 0.1;

/**
 * What bounds the workers: what they waited for the longest, or they themselves, where that is less than a tenth of their time.
 */
export function boundOf({ waited, total }: Pick<WorkerTime, 'waited' | 'total'>): Bound {
  const shares = [...waited].map(([name, milliseconds]) => ({ name, share: milliseconds / total }));
  const [most] = shares.sort((one, other) => other.share - one.share || (one.name < other.name ? -1 : 1));
  if (most && most.share >= leastShare) return most;
  return { name: 'workers', share: 1 - shares.reduce((sum, { share }) => sum + share, 0) };
}
