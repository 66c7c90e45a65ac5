import { type Notice, noticeDetailType } from '../../../core/notice';
import { isOpen } from '../../../core/states';
import type { Invariant } from './invariant';

const dayMilliseconds = 24 * 60 * 60_000;

/** Each day that ended since the world began has one summary, which counts what was opened and closed in it. */
export const eachDayIsSummedUp: Invariant = ({ world: { hub, aws, began }, records }) => {
  const { summary } = hub.policy.slack;
  if (summary === false) return [];
  const told = new Map(
    aws.eventBridge.events
      .filter(({ detailType }) => detailType === noticeDetailType)
      .map(({ detail }) => detail as Notice)
      .filter(({ kind }) => kind === 'summary')
      .map((notice) => [notice.noticeId, notice]),
  );
  const ends = endsOf(summary, began, aws.clock.milliseconds);
  return [
    ...(told.size > ends.length ? [`${told.size} days were summed up, and ${ends.length} ended.`] : []),
    ...ends.flatMap((end) => {
      const until = new Date(end).toISOString();
      const notice = told.get(`summary#${until}`);
      if (!notice) return [`The day to ${until} was not summed up.`];
      const since = new Date(end - dayMilliseconds).toISOString();
      const isOfDay = (time: string) => time > since && time <= until;
      const opened = records.filter(({ receivedAt }) => isOfDay(receivedAt)).length;
      const closed = records.filter(({ state, at }) => !isOpen(state) && isOfDay(at));
      const fixed = closed.filter(({ state }) => state === 'fixed').length;
      const wanted = [`Opened: ${opened}`, `Closed: ${closed.length}, of which Staunch fixed ${fixed}`];
      return wanted
        .filter((line) => !notice.lines?.includes(line))
        .map((line) => `The summary of the day to ${until} does not say "${line}".`);
    }),
  ];
};

/** @param time hours and minutes of UTC */
function endsOf(time: string, from: number, to: number): number[] {
  const first = Date.parse(`${new Date(from).toISOString().slice(0, 10)}T${time}:00.000Z`);
  const count = Math.floor((to - first) / dayMilliseconds) + 1;
  return Array.from({ length: Math.max(0, count) }, (_, day) => first + day * dayMilliseconds).filter(
    (end) => end > from,
  );
}
