import type { CompiledPolicy } from '../../../config/compiled';
import { type ExemptionEnding, exemptionsEnding } from '../../../config/exemptions-ending';
import type { Notice } from '../../../core/notice';
import { utc } from '../../../core/utc';
import type { Notices } from '../../../ledger/told/notices';

/** Tells the channel of exemptions that end: a week before, and on the day. Each is told once. */
export class ExemptionNotices {
  /** What this process has told, so that the table is not asked each minute. */
  private readonly told = new Set<string>();

  constructor(
    private readonly policy: CompiledPolicy,
    private readonly notices: Pick<Notices, 'give'>,
    private readonly now: () => Date,
  ) {}

  async run(): Promise<void> {
    const now = this.now();
    for (const ending of exemptionsEnding(this.policy, now)) {
      if (this.told.has(ending.id)) continue;
      await this.notices.give(noticeOf(ending, now), now);
      this.told.add(ending.id);
    }
  }
}

function noticeOf({ exemption, when, id }: ExemptionEnding, now: Date): Notice {
  const { control, resource, account, organizationalUnit, owner, until, source } = exemption;
  const where = account ? `account ${account}` : (organizationalUnit ?? '');
  return {
    version: 1,
    noticeId: `exemption#${id}`,
    title: when === 'day' ? 'An exemption ends today' : 'An exemption ends within a week',
    text: `The exemption of ${resource} from ${control} in ${where}, for ${owner}, ends at ${utc(until)} (${source}). What is dangerous is treated like any other resource then.`,
    at: now.toISOString(),
  };
}
