import { Failures } from '../../../../sandbox/failures';
import type { EventSourceMapping } from '../../../../sandbox/services/lambda/definitions';
import type { PolledQueue, ReceivedMessage } from '../../../../sandbox/services/lambda/polled-queue';
import { EventSourcePoller } from '../../../../sandbox/services/lambda/poller';

const mapping: EventSourceMapping = {
  accountId: '111111111111',
  region: 'eu-west-1',
  functionArn: 'arn:aws:lambda:eu-west-1:111111111111:function:worker',
  queueArn: 'arn:aws:sqs:eu-west-1:111111111111:work',
  enabled: true,
  batchSize: 2,
  maximumBatchingWindowSeconds: 0,
  reportBatchItemFailures: true,
};

/** A queue that always has messages. */
const endless = {
  async receive(count: number) {
    await turn();
    const message = { MessageId: 'm', ReceiptHandle: 'r', Body: '{}' } as ReceivedMessage;
    return Array.from({ length: count }, () => message);
  },
  delete: async () => {},
  postpone: async () => {},
  close() {},
} as unknown as PolledQueue;

describe('the poller of a queue that always has messages', () => {
  it.each([
    [3, { maximumConcurrency: 3 }],
    [5, {}],
  ])('runs %i invocations at once, and another one when one has ended', async (atOnce, more) => {
    const running: (() => void)[] = [];
    const poller = pollerOf(endless, more, running);
    poller.start();
    await settled();
    expect(running).toHaveLength(atOnce);
    running[0]?.();
    await settled();
    expect(running).toHaveLength(atOnce + 1);
    const stopped = poller.stop();
    for (const end of running) end();
    await stopped;
  });
});

describe('the poller of a FIFO queue', () => {
  it('asks again as soon as what is in flight is handled, and not over and over before', async () => {
    const running: (() => void)[] = [];
    let asked = 0;
    const fifo = {
      ...endless,
      async receive() {
        await turn();
        asked += 1;
        return running.length === 0 ? [{ MessageId: 'm', ReceiptHandle: 'r', Body: '{}' }] : [];
      },
    } as unknown as PolledQueue;
    const poller = pollerOf(fifo, { queueArn: `${mapping.queueArn}.fifo` }, running);
    poller.start();
    await settled();
    expect(asked).toBe(2);
    running.shift()?.();
    await settled();
    expect(running).toHaveLength(1);
    const stopped = poller.stop();
    running.shift()?.();
    await stopped;
  });
});

/**
 * A poller while time stands still.
 * @param running takes, for each invocation, what ends it
 */
function pollerOf(queue: PolledQueue, more: Partial<EventSourceMapping>, running: (() => void)[]) {
  return new EventSourcePoller({
    mapping: { ...mapping, ...more },
    queue,
    failures: new Failures(),
    clock: { now: () => 0, after: () => () => {} },
    timeScale: 1,
    passed: () => 0,
    invoke: () => new Promise((resolve) => running.push(() => resolve({ payload: 'null' }))),
  });
}

/** Everything that can run has run. */
async function settled(): Promise<void> {
  for (let count = 0; count < 50; count += 1) await turn();
}

function turn(): Promise<void> {
  return new Promise((resolve) => setImmediate(resolve));
}
