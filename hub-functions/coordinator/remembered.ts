/** How long an answer is believed. Organizations changes slowly, and throttles early. */
const rememberedMilliseconds = 5 * 60 * 1000;

/** Answers of AWS Organizations by what was asked about, each remembered for five minutes and asked for once. */
export class Remembered<Value> {
  private readonly answers = new Map<string, { answer: Promise<Value>; at: number }>();

  /**
   * @param ask asks anew
   * @param now milliseconds since the epoch
   */
  constructor(
    private readonly ask: (about: string) => Promise<Value>,
    private readonly now: () => number,
  ) {}

  /** The answer. What failed is asked again the next time. */
  get(about: string): Promise<Value> {
    const known = this.answers.get(about);
    if (known && this.now() - known.at < rememberedMilliseconds) return known.answer;
    const asked = { answer: this.ask(about), at: this.now() };
    this.answers.set(about, asked);
    asked.answer.catch(() => {
      if (this.answers.get(about) === asked) this.answers.delete(about);
    });
    return asked.answer;
  }

  /** Forgets an answer, and returns it, if there was one. */
  async forget(about: string): Promise<Value | undefined> {
    const known = this.answers.get(about);
    this.answers.delete(about);
    return known?.answer.catch(() => undefined);
  }
}
