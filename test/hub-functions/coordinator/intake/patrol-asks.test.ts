import type { SendMessageCommand } from '@aws-sdk/client-sqs';
import { patrolMessageSchema } from '../../../../core/patrol-message';
import { patrolAsks } from '../../../../hub-functions/coordinator/intake/patrol-asks';

const url = 'https://sqs.eu-west-1.amazonaws.com/111111111111/staunch-patrol';
const now = () => new Date('2026-11-23T10:00:00.000Z');

it("asks by a message that the patrol's dispatcher understands", async () => {
  const sent: unknown[] = [];
  const sqs = { send: async ({ input }: SendMessageCommand) => sent.push(input) };
  await patrolAsks(sqs as never, url, now)('222222222222', 'eu-west-1', 'AWS::S3::Bucket');
  expect(sent).toEqual([{ QueueUrl: url, MessageBody: expect.any(String) }]);
  const [{ MessageBody }] = sent as [{ MessageBody: string }];
  expect(patrolMessageSchema.parse(JSON.parse(MessageBody))).toEqual({
    version: 1,
    type: 'patrol',
    accountId: '222222222222',
    region: 'eu-west-1',
    resourceTypes: ['AWS::S3::Bucket'],
    startedAt: '2026-11-23T10:00:00.000Z',
  });
});

it('fails where the queue does not take it, so that the message that made it ask comes back', async () => {
  const sqs = { send: () => Promise.reject(new Error('Throttled')) };
  const asked = patrolAsks(sqs as never, url, now)('222222222222', 'eu-west-1', 'AWS::S3::Bucket');
  await expect(asked).rejects.toThrow('Throttled');
});
