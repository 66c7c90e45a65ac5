import { frozenText } from '../../../cli/thaw/frozen-text';
import { listDigest, nameInList } from '../../../core/frozen-list';
import { noNames } from '../../../ledger/organization/place-names';
import { frozenOf } from '../../../operator/thaw/frozen-now';
import { recordOf } from '../../operator/records';

const frozen = (accountId: string, resourceId: string) =>
  recordOf({ identity: { accountId, resourceId }, state: 'held', heldBy: 'frozen' });

describe('what is frozen', () => {
  const records = [
    frozen('222222222222', 'sg-1'),
    frozen('333333333333', 'sg-2'),
    frozen('333333333333', 'sg-3'),
    recordOf({ identity: { resourceId: 'sg-4' }, state: 'held', heldBy: 'stop' }),
  ];

  it('is listed by account, with the commands that release each list, and all', () => {
    const own = listDigest(records.slice(1, 3).map(nameInList));
    const all = listDigest(records.slice(0, 3).map(nameInList));
    const text = frozenText(frozenOf(records), noNames);
    expect(text).toMatch(/^3 fixes of backlog wait in 2 accounts\.\n.*333333333333.*: 2 fixes\n/);
    expect(text).toContain(`thaw --account 333333333333 --list ${own}`);
    expect(text).toMatch(new RegExp(`thaw --list ${all}$`));
    expect(text).not.toContain('sg-4');
  });

  it('is that of one account where one is asked about', () => {
    const one = frozenOf(records, '222222222222');
    expect(frozenText(one, noNames, true)).toMatch(
      new RegExp(`thaw --account 222222222222 --list ${listDigest(records.slice(0, 1).map(nameInList))}$`),
    );
  });

  it('is nothing where nothing is', () => {
    expect(frozenText(frozenOf(records.slice(3)), noNames)).toBe('Nothing is frozen.');
  });
});
