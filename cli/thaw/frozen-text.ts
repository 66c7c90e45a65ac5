import { accountText, type PlaceNames } from '../../ledger/organization/place-names';
import { counted } from '../../operator/text/counted';
import type { FrozenNow } from '../../operator/thaw/frozen-now';
import { printable } from '../../resources/kit/printable';

const call = 'npm run -s staunch -- thaw';

/**
 * What is frozen, and the commands that release it. Pure.
 * @param isOne whether one account was asked about, and not all
 */
export function frozenText({ accounts, list }: FrozenNow, places: PlaceNames, isOne = false): string {
  if (accounts.length === 0) return 'Nothing is frozen.';
  const count = accounts.reduce((sum, { findings }) => sum + findings.length, 0);
  const accountLines = accounts.flatMap(({ accountId, findings, list: own }) => [
    `${accountText(accountId, places)}: ${counted(findings.length, 'fix', 'fixes')}`,
    ...findings.map(
      ({ identity: { region, control, resourceId } }) => `  ${region}  ${control}  ${resourceId}`,
    ),
    ...(!isOne && accounts.length > 1
      ? [`  Thaw this account:  ${call} --account ${accountId} --list ${own}`]
      : []),
  ]);
  const only = isOne ? ` --account ${accounts[0]?.accountId}` : '';
  return [
    `${counted(count, 'fix', 'fixes')} of backlog wait in ${counted(accounts.length, 'account')}.`,
    ...accountLines.map(printable),
    'Thaw all of these, if nothing joins them meanwhile:',
    `  ${call}${only} --list ${list}`,
  ].join('\n');
}
