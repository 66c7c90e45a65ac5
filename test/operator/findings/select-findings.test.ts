import { selectFindings } from '../../../operator/findings/select-findings';
import { bucketRecord, recordOf } from '../records';

const fixed = recordOf({ state: 'fixed', identity: { resourceId: 'sg-fixed' } });
const older = recordOf({ identity: { resourceId: 'sg-older' }, at: '2026-11-22T10:00:00.000Z' });
const newer = recordOf({ identity: { resourceId: 'sg-newer' }, at: '2026-11-23T09:00:00.000Z' });
const high = bucketRecord({ severity: 'high', state: 'waiting', at: '2026-11-24T10:00:00.000Z' });
const again = recordOf({ identity: { resourceId: 'sg-newer' }, occurrence: 2, state: 'gone' });
const other = recordOf({ identity: { resourceId: 'sg-other', accountId: '333333333333' }, state: 'failed' });

function chosen(
  ...[records, filter = {}]: Parameters<typeof selectFindings> | [Parameters<typeof selectFindings>[0]]
) {
  return selectFindings(records, filter).map(
    ({ identity, occurrence }) => `${identity.resourceId}#${occurrence}`,
  );
}

describe('the findings that are listed', () => {
  it('come open ones first, then the worst, then the newest', () => {
    expect(chosen([fixed, older, high, newer])).toEqual([
      'sg-newer#1',
      'sg-older#1',
      'photos#1',
      'sg-fixed#1',
    ]);
  });

  it('are the latest occurrences, or all of them', () => {
    expect(chosen([newer, again])).toEqual(['sg-newer#2']);
    expect(chosen([newer, again], { all: true })).toEqual(['sg-newer#1', 'sg-newer#2']);
  });

  it('are looked for by state among the latest occurrences: what was open once may be closed by now', () => {
    expect(chosen([newer, again, older], { states: ['reported'] })).toEqual(['sg-older#1']);
  });

  it('can be narrowed by states, account and control', () => {
    const all = [fixed, older, high, other];

    expect(chosen(all, { states: ['waiting', 'fixed'] })).toEqual(['photos#1', 'sg-fixed#1']);
    expect(chosen(all, { accountId: '333333333333' })).toEqual(['sg-other#1']);
    expect(chosen(all, { control: 's3-public-access' })).toEqual(['photos#1']);
    expect(chosen(all, { states: [] })).toEqual([]);
  });
});
