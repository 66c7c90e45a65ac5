import type { ReportedDeputies } from '../../operator/findings/reported-deputies';
import { counted } from '../../operator/text/counted';

/** What is reported beside findings, in a sentence with the command that lists it; nothing where nothing is. Pure. */
export function deputiesText(deputies: readonly ReportedDeputies[]): string | undefined {
  if (deputies.length === 0) return undefined;
  const all = deputies.reduce((sum, { count }) => sum + count, 0);
  const accounts = new Set(deputies.map(({ accountId }) => accountId)).size;
  const policies = all === 1 ? '1 policy lets' : `${all} policies let`;
  return [
    `Beside findings, of low severity: ${policies} in one of AWS's services, whosever request it acts on, in ${counted(accounts, 'account')}. Listed by:`,
    '  npm run -s staunch -- coverage',
  ].join('\n');
}

/** The same for programs: it is no finding, and has no name of one. Pure. */
export function deputiesJson({ accountId, region, control, count, named }: ReportedDeputies): object {
  return { accountId, region, control, severity: 'low', confusedDeputies: count, named };
}
