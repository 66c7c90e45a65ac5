import { isWell, type Verdict } from './verdict';

/** What a doctor says of an organization. */
export interface Diagnosis {
  /** What each check says, in the checks' order. */
  verdicts: readonly Verdict[];
  /** Names of accounts, by their ids. */
  names: ReadonlyMap<string, string>;
  /** Whether nothing is to be done. */
  isWell: boolean;
}

/** A diagnosis of verdicts. Pure. */
export function diagnosisOf(
  verdicts: readonly Verdict[],
  accounts: readonly { accountId: string; name: string }[],
): Diagnosis {
  return {
    verdicts,
    names: new Map(accounts.map(({ accountId, name }) => [accountId, name])),
    isWell: verdicts.every(isWell),
  };
}
