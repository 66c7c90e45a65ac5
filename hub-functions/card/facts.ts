/** What a message is made of beside its card. */
export interface CardFacts {
  /** The title of a control by its id; undefined where there is no such control. */
  titleOf: (controlId: string) => string | undefined;
  /** Whether people decide in Slack: without that a message has commands alone. */
  hasButtons: boolean;
  /** Nobody works any more on what was to be done until then. */
  now: Date;
}

/** What a control is called; its id where that is unknown. */
export function titleOf(control: string, facts: Pick<CardFacts, 'titleOf'>): string {
  return facts.titleOf(control) ?? control;
}
