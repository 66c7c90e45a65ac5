import type { Notice } from '../../../core/notice';
import { noticeDetailType } from '../../../core/notice';
import { rawTimes } from '../../support/raw-times';
import type { Invariant } from './invariant';

/** What people read says times in one form. */
export const timesAreSaidOneWay: Invariant = ({ world: { aws }, records }) => {
  const notices = aws.eventBridge.events
    .filter(({ detailType }) => detailType === noticeDetailType)
    .map(({ detail }) => detail as Notice);
  const texts = [
    ...records.flatMap(({ reason }) => reason ?? []),
    ...notices.flatMap(({ title, text }) => [title, text]),
  ];
  return texts.flatMap((text) => rawTimes(text).map((time) => `${time} is no time for people: ${text}`));
};
