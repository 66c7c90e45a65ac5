/** A clock that stands still until a test moves it. */
export class TestClock {
  private milliseconds: number;

  constructor(start = '2026-11-23T10:00:00.000Z') {
    this.milliseconds = Date.parse(start);
  }

  /** The time now; bound, so that it can be handed over as it is. */
  readonly now = (): Date => new Date(this.milliseconds);

  /** Moves on. */
  advance({ minutes = 0, seconds = 0 }: { minutes?: number; seconds?: number }): void {
    this.milliseconds += (minutes * 60 + seconds) * 1000;
  }
}
