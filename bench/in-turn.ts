import { median } from './median';

/** Two ways to do the same work. */
export interface Rivals {
  ours(): void;
  theirs(): void;
}

/** How a comparison is made. */
export interface InTurn {
  /** How often each is measured. */
  rounds: number;
  /** How often each runs before that, unmeasured. */
  warmUps: number;
  /** How much was spent until now, in whatever unit: CPU time, where other programs run beside. */
  spent(): number;
}

/** What a comparison came to. */
export interface Compared {
  /** Median of what one run of ours spent. */
  ours: number;
  theirs: number;
  /** How fast ours is beside theirs: 2 is twice as fast. The median of the rounds' own, so that what slows one round slows both. */
  ratio: number;
}

/** Runs two rivals in turn, so that neither has the quieter half of the time. */
export function inTurn({ ours, theirs }: Rivals, { rounds, warmUps, spent }: InTurn): Compared {
  const cost = (run: () => void) => {
    const begin = spent();
    run();
    return spent() - begin;
  };
  for (let round = 0; round < warmUps; round += 1) {
    ours();
    theirs();
  }
  const measured = Array.from({ length: rounds }, () => ({ ours: cost(ours), theirs: cost(theirs) }));
  return {
    ours: median(measured.map((round) => round.ours)),
    theirs: median(measured.map((round) => round.theirs)),
    ratio: median(measured.map((round) => round.theirs / round.ours)),
  };
}
