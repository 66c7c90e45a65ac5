import { createHash } from 'node:crypto';
import type { Notice } from '../../../core/notice';
import { isRenamed, type LostName } from '../../../decision/names-seen';
import type { Notices } from '../../../ledger/told/notices';
import type { NamedPlaces } from '../deciding/gate';

/** Tells the channel of names of the policy that others bear by now, or nobody: once a day, as long as it lasts. */
export class NameNotices {
  /** What this process has told, so that the table is not asked each minute. */
  private readonly told = new Set<string>();

  constructor(
    private readonly namedPlaces: NamedPlaces,
    private readonly notices: Pick<Notices, 'give'>,
    private readonly now: () => Date,
  ) {}

  async run(): Promise<void> {
    const now = this.now();
    for (const name of (await this.namedPlaces.policyNames()).lost) {
      const notice = noticeOf(name, now);
      if (this.told.has(notice.noticeId)) continue;
      await this.notices.give(notice, now);
      this.told.add(notice.noticeId);
    }
  }
}

function noticeOf(name: LostName, now: Date): Notice {
  const { key, source, id, kind, bearers } = name;
  const what = kind === 'account' ? 'account' : 'organizational unit';
  const others = bearers.filter((other) => other !== id);
  const subject = createHash('sha256')
    .update(JSON.stringify([kind, key, id, bearers]))
    .digest('hex');
  const texts = [
    `The policy means ${what} ${id} by ${key} (${source}).`,
    ...(isRenamed(name)
      ? [`It is not named so any more: what is found there is looked at, and not fixed.`]
      : []),
    ...(others.length > 0 ? [`${others.join(', ')} is named so now, and gets nothing of that line.`] : []),
    'Correct the policy, best by writing the id in place of the name, and deploy it. If nobody of yours renamed anything, find out who did.',
  ];
  return {
    version: 1,
    noticeId: `lost-name#${subject.slice(0, 16)}#${now.toISOString().slice(0, 10)}`,
    title: `A name of the policy is not what it was: ${key}`,
    text: texts.join(' '),
    at: now.toISOString(),
  };
}
