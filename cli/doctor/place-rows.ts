import { isUnremarkable, isWell, type Verdict } from '../../operator/doctor/verdict';

/** An account in a Region, or a whole account where no check is about its Regions. */
export interface Row {
  accountId: string;
  region: string;
  verdicts: readonly Verdict[];
}

/** The worst of a check's verdicts counts; undefined where it has none. */
export function worstOf({ verdicts }: Row, check: string): Verdict['condition'] | undefined {
  const conditions = verdicts.filter((verdict) => verdict.check === check).map(({ condition }) => condition);
  return order.find((condition) => conditions.includes(condition));
}

const order: readonly Verdict['condition'][] = ['not well', 'unknown', 'notice', 'not covered', 'well'];

/** A row for each place, what is not well first. What is said of a whole account stands in each of its rows. Pure. */
export function rowsOf(verdicts: readonly Verdict[]): Row[] {
  const byAccount = new Map<string, Verdict[]>();
  for (const verdict of verdicts) {
    const { accountId } = verdict;
    if (accountId === undefined) continue;
    const known = byAccount.get(accountId);
    if (known) known.push(verdict);
    else byAccount.set(accountId, [verdict]);
  }
  const rows = [...byAccount].flatMap(([accountId, of]): Row[] => {
    const names = [
      ...new Set(of.map(({ region }) => region).filter((region) => region !== undefined)),
    ].sort();
    const whole = of.filter(({ region }) => region === undefined);
    if (names.length === 0) return [{ accountId, region: '', verdicts: whole }];
    return names.map((region) => ({
      accountId,
      region,
      verdicts: [...whole, ...of.filter((verdict) => verdict.region === region)],
    }));
  });
  const rank = ({ verdicts: of }: Row) => Number(of.every(isWell)) + Number(of.every(isUnremarkable));
  return rows.sort((one, other) => rank(one) - rank(other));
}
