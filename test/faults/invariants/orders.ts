import { ledgerTableName, orderPrefix } from '../../../core/names';
import { noticeDetailType } from '../../../core/notice';
import { orderRecordKey } from '../../../ledger/orders/orders';
import type { Invariant } from './invariant';

/** Every order that somebody waited for is answered, nobody holds one, and each is told once. */
export const ordersAreAnswered: Invariant = ({ world: { aws, unheeded } }) => {
  const at = aws.clock.now().toISOString();
  const orders = aws.dynamoDb.peek(ledgerTableName).filter(({ finding, record, state }) => {
    return String(finding).startsWith(orderPrefix) && record === orderRecordKey && state !== undefined;
  });
  const notices = aws.eventBridge.events
    .filter(({ detailType }) => detailType === noticeDetailType)
    .map(({ detail }) => detail as { noticeId: string });
  return [
    ...orders.flatMap(({ finding, state, until }) => [
      ...(unheeded.length === 0 && (state === 'given' || state === 'taken')
        ? [`${finding} was never answered: it is ${state}.`]
        : []),
      ...(state === 'taken' && String(until) > at ? [`${finding} is taken until ${until}.`] : []),
    ]),
    ...orders.flatMap(({ finding, key }) => {
      const own = notices.filter(({ noticeId }) => noticeId.endsWith(`#${key}`));
      const ids = new Set(own.map(({ noticeId }) => noticeId));
      return ids.size > 1 ? [`${finding} is told in ${ids.size} ways.`] : [];
    }),
  ];
};
