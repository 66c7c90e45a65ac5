import type { CoverageGap, CoverageRow } from '../../../../../ledger/coverage/coverage-gaps';
import type { DeployedFacts } from '../../../../../operator/doctor/deployed/facts';
import { patrol } from '../../../../../operator/doctor/deployed/judges/patrol';
import { isWell } from '../../../../../operator/doctor/verdict';

const place = { accountId: '222222222222', region: 'eu-west-1' };
const since = '2026-11-27T10:00:00.000Z';

/** What the check says of a place that is watched since then, with these gaps. */
function said(gaps: readonly CoverageGap[]) {
  const row: CoverageRow = { ...place, since, trail: {}, gaps };
  const facts = {
    hub: { account: '111111111111', region: 'eu-west-1' },
    coverage: { read: [row] },
    accounts: [{ accountId: place.accountId }],
    places: [place],
  } as unknown as DeployedFacts;
  return patrol.judge(facts);
}

const first: CoverageGap = { why: 'first-patrol', at: since };
const role = (at: string): CoverageGap => ({ why: 'role', words: 'not there', at });

describe('the doctor on the patrol of a place that is new', () => {
  it('notes that the first one is still to come, which is no failure', () => {
    const verdicts = said([first]);

    expect(verdicts).toEqual([
      expect.objectContaining({ condition: 'notice', text: 'The first patrol is still to come.' }),
    ]);
    expect(verdicts.every(isWell)).toBe(true);
  });

  it('says the same where its role came later than the first try', () => {
    expect(said([first, role('2026-11-27T10:05:00.000Z')])).toEqual([
      expect.objectContaining({ condition: 'notice', said: 'not there' }),
    ]);
  });

  it('is not content when the role is missing after two hours', () => {
    expect(said([first, role('2026-11-27T12:05:00.000Z')])).toEqual([
      expect.objectContaining({ condition: 'not well' }),
    ]);
  });

  it('is not content when no patrol came in the time that the first one takes', () => {
    expect(said([{ why: 'never', at: since }])).toEqual([expect.objectContaining({ condition: 'not well' })]);
  });
});
