/** Whose AWS Config recorder stands in an account: Staunch's own, somebody else's that is left untouched, or none. */
export const recorderModes = ['own', 'existing', 'none'] as const;

/** Whose AWS Config recorder stands in an account. */
export type RecorderMode = (typeof recorderModes)[number];

/** How often a recorder of Staunch's own records. */
export const recorderFrequencies = ['continuous', 'daily'] as const;

/** How often a recorder of Staunch's own records. */
export type RecorderFrequency = (typeof recorderFrequencies)[number];

/** Whose recorder stands where. The most specific line decides: account, nearest unit, the next one up, …, default. */
export interface RecorderSettings {
  default: RecorderMode;
  frequency: RecorderFrequency;
  /** By id or path. */
  organizationalUnits: Readonly<Record<string, RecorderMode>>;
  /** By id. */
  accounts: Readonly<Record<string, RecorderMode>>;
}

/** What holds where the policy says nothing of recorders. */
export const usualRecorder: RecorderSettings = {
  default: 'own',
  frequency: 'continuous',
  organizationalUnits: {},
  accounts: {},
};

/** Every mode that some account may have. */
export function modesOf({
  default: fallback,
  organizationalUnits,
  accounts,
}: RecorderSettings): Set<RecorderMode> {
  return new Set([fallback, ...Object.values(organizationalUnits), ...Object.values(accounts)]);
}
