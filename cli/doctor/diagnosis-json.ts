import type { Diagnosis } from '../../operator/doctor/doctor';
import { isWell, type Verdict } from '../../operator/doctor/verdict';
import { commandsOf } from './cure-lines';

/** A verdict for programs. Pure. */
export function verdictJson(verdict: Verdict, { names }: Diagnosis): object {
  const { check, condition, accountId, region, text, said, cure } = verdict;
  // JSON leaves out what is undefined.
  return {
    check,
    condition,
    well: isWell(verdict),
    accountId,
    accountName: accountId === undefined ? undefined : names.get(accountId),
    region,
    text,
    said,
    cure: cure && { account: cure.account, says: cure.says, commands: commandsOf(cure) },
  };
}
