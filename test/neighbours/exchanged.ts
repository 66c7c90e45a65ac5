/** What a reader of some version makes of a value of each kind; it throws what it cannot understand. */
export type Readers = Record<Kind, (value: unknown) => unknown>;

/** What members and the hub, the hub's functions, its tables and the command line hand to each other. */
export const kinds = [
  'messages',
  'requests',
  'answers',
  'events',
  'records',
  'histories',
  'stops',
  'orders',
  'orderAnswers',
  'policies',
] as const;

/** A kind of what is handed over. */
export type Kind = (typeof kinds)[number];

/** Samples that one version made, by their kind and by what they are. */
export type Samples = Record<Kind, Record<string, unknown>>;
