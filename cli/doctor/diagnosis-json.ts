import type { Diagnosis } from '../../operator/doctor/doctor';
import { isWell, type Verdict } from '../../operator/doctor/verdict';
import { commandsOf } from './cure-lines';

/**
 * A verdict for programs. Pure.
 * @param file the policy's, as the person at the keyboard named it
 */
export function verdictJson(verdict: Verdict, { names }: Diagnosis, file?: string): object {
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
    cure: cure && { account: cure.account, says: cure.says, commands: commandsOf(cure, file) },
  };
}
