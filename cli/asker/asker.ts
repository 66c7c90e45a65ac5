/** A question for a line of text. */
export interface TextQuestion {
  message: string;
  initial?: string;
  /** What is wrong with an answer; undefined where nothing is. */
  problem(answer: string): string | undefined;
}

/** One of several. */
export interface Choice {
  value: string;
  label: string;
  hint?: string;
}

/** Who asks the person at the keyboard. */
export interface Asker {
  text(question: TextQuestion): Promise<string>;
  one(message: string, choices: readonly Choice[], initial?: string): Promise<string>;
  several(message: string, choices: readonly Choice[], initial: readonly string[]): Promise<string[]>;
  agrees(message: string): Promise<boolean>;
}
