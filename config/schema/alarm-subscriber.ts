import * as z from 'zod';
import { alarmSubscriberPattern } from '../formats';

const right = 'an e-mail address, like security@example.com, or a URL that begins with https://.';

/**
 * Who hears of alarms: what SNS can send to without any further set-up in the hub.
 * https://docs.aws.amazon.com/sns/latest/api/API_Subscribe.html
 */
export const alarmSubscriber = z
  .string({ error: right })
  .regex(alarmSubscriberPattern, { error: ({ input }) => rightFor(String(input)) });

function rightFor(subscriber: string): string {
  if (/^http:/i.test(subscriber))
    return 'over http anybody on the way could read it; write a URL that begins with https://.';
  if (/^https:\/\/[^/?#]*@/i.test(subscriber)) {
    return 'a URL with a user or a password is refused, because the policy and the template show it to many.';
  }
  if (/^mailto:/i.test(subscriber)) return 'an e-mail address stands alone, without mailto:.';
  if (/^arn:/.test(subscriber))
    return `${right} Subscribe anything else to the topic staunch-alarms yourself.`;
  return right;
}
