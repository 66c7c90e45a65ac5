import { LambdaClient } from '@aws-sdk/client-lambda';

import type { OrderRequest } from '../../../core/order';
import { sendOrder, UnconfirmedOrderError } from '../../../operator/hub/coordinator';
import { stubbed } from '../../support/stubbed-client';
import { recordOf } from '../records';

const order: OrderRequest = {
  version: 2,
  key: '00000000-0000-4000-8000-000000000001',
  order: 'undo',
  finding: recordOf().identity,
  occurrence: 1,
  reason: 'It is needed',
  until: '2026-12-24T00:00:00.000Z',
};

function answering(payload: unknown, more: object = {}) {
  const calls: Record<string, unknown>[] = [];
  const lambda = stubbed(new LambdaClient({ region: 'eu-west-1' }), (_command, input) => {
    calls.push(input);
    const text = typeof payload === 'string' ? payload : JSON.stringify(payload);
    return { Payload: Buffer.from(text), ...more };
  });
  return { lambda, calls };
}

describe('an order', () => {
  it('goes to the coordinator in a synchronous invocation, and its answer comes back', async () => {
    const { lambda, calls } = answering({ version: 2, done: true, text: 'Undone.' });

    expect(await sendOrder(lambda, order)).toEqual({ version: 2, done: true, text: 'Undone.' });
    expect(calls).toMatchObject([{ FunctionName: 'staunch-coordinator', InvocationType: 'RequestResponse' }]);
    expect(JSON.parse(Buffer.from(calls[0]?.Payload as Uint8Array).toString())).toEqual(order);
  });

  it.each([
    [
      'an error of the function',
      { errorType: 'Sandbox.Timedout', errorMessage: 'timed out after 180 s' },
      'Sandbox.Timedout: timed out after 180 s',
    ],
    ['an error that says nothing', '', 'it said nothing more'],
  ])('says so when there is %s', async (_, payload, expected) => {
    const { lambda } = answering(payload, { FunctionError: 'Unhandled' });

    await expect(sendOrder(lambda, order)).rejects.toThrow(UnconfirmedOrderError);
    await expect(sendOrder(lambda, order)).rejects.toThrow(expected);
  });

  it.each([
    ['no JSON', '<html>'],
    ['nothing', ''],
    ['another version', { version: 1, done: true, text: 'Undone.' }],
    ['an answer to a message of the queue', { batchItemFailures: [] }],
  ])('is not taken for done when the answer is %s', async (_, payload) => {
    const { lambda } = answering(payload);

    await expect(sendOrder(lambda, order)).rejects.toThrow(/cannot be understood.*of the same version/);
  });
});
