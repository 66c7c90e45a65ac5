import { type Notice, noticeSchema } from '../../../../core/notice';
import { DoctorNotices } from '../../../../hub-functions/coordinator/telling/doctor-notices';
import { type DoctorGap, DoctorGaps } from '../../../../ledger/told/doctor-gaps';
import { Notices } from '../../../../ledger/told/notices';
import { ToldCoverageStore } from '../../../../ledger/told/told-coverage';
import { TestClock } from '../../../support/clock';
import { MemoryTables } from '../../../support/memory-documents';

const table = 'ledger';
const gap = (check: string, text = 'It does not work.'): DoctorGap => ({
  check,
  accountId: '333333333333',
  region: 'eu-west-1',
  text,
});

function telling() {
  const clock = new TestClock();
  const documents = new MemoryTables().documents();
  const notices: Notice[] = [];
  const gaps = new DoctorGaps(documents, table);
  const newChore = () =>
    new DoctorNotices({
      gaps,
      told: new ToldCoverageStore(documents, table, 'doctor'),
      notices: new Notices(documents, table, async (notice) => void notices.push(noticeSchema.parse(notice))),
      now: clock.now,
    });
  return {
    /** A daily doctor, two sweeps after it, and one of another process. */
    async day(...found: readonly DoctorGap[]) {
      await gaps.write(found, clock.now());
      const chore = newChore();
      await chore.run();
      await chore.run();
      await newChore().run();
      clock.advance({ minutes: 24 * 60 });
      return notices.splice(0);
    },
  };
}

describe('what the daily doctor found', () => {
  it('is told once, and once when it is over', async () => {
    const { day } = telling();
    const titles = async (...found: DoctorGap[]) => (await day(...found)).map(({ title }) => title);
    expect(await titles()).toEqual([]);
    expect(await titles(gap('trail probe'), gap('rules'))).toEqual(['The doctor found 2 gaps']);
    expect(await titles(gap('trail probe'), gap('rules'))).toEqual([]);
    expect(await titles(gap('rules', 'Other words.'))).toEqual(['A gap is closed']);
    expect(await titles()).toEqual(['A gap is closed']);
    expect(await titles(gap('rules'))).toEqual(['The doctor found a gap']);
  });

  it('names the check, the place, and who says what to do', async () => {
    const [notice] = await telling().day(gap('trail probe'));
    expect(notice?.text).toBe(
      'trail probe in account 333333333333, eu-west-1: It does not work. staunch doctor says what to do.',
    );
  });

  it('is over only where the doctor has named all that it found', async () => {
    const { day } = telling();
    const many = Array.from({ length: 1_001 }, (_, index) => gap(`check ${index}`));
    await day(gap('rules'));
    const told = await day(...many);
    expect(told.map(({ title }) => title)).toEqual(['The doctor found 1000 gaps']);
  });
});
