import type { SlackStandIn } from '../../../sandbox/slack/slack';
import { channel, clientOf, startStandIn } from './support/stand-in';

let slack: SlackStandIn;

beforeEach(async () => {
  slack = await startStandIn({ limits: 'none' });
});
afterEach(() => slack.stop());

it('takes a file into a thread, uploaded by Slack’s own client', async () => {
  const { ts = '' } = await clientOf(slack).chat.postMessage({ channel, text: 'x' });
  await clientOf(slack).filesUploadV2({
    channel_id: channel,
    thread_ts: ts,
    filename: 'plan.json',
    content: '{"ü":1}',
    initial_comment: 'the plan',
  });
  expect(slack.files).toEqual([
    expect.objectContaining({ name: 'plan.json', channel, threadTs: ts, content: Buffer.from('{"ü":1}') }),
  ]);
  expect(slack.messages.at(-1)).toMatchObject({
    text: 'the plan',
    threadTs: ts,
    files: [slack.files[0]?.id],
  });
});

it('takes raw bytes, of the announced length alone, and completes a file once', async () => {
  const { files } = clientOf(slack);
  const begun = await files.getUploadURLExternal({ filename: 'a.txt', length: 3 });
  const send = (body: string) => fetch(begun.upload_url ?? '', { method: 'POST', body });
  const complete = () =>
    files.completeUploadExternal({ files: [{ id: begun.file_id ?? '' }], channel_id: channel });
  expect((await send('four')).status).toBe(400);
  await expect(complete()).rejects.toMatchObject({ data: { error: 'file_not_found' } });
  expect((await send('abc')).status).toBe(200);
  await complete();
  expect(slack.files[0]?.content.toString()).toBe('abc');
  await expect(complete()).rejects.toMatchObject({ data: { error: 'file_not_found' } });
});

it('refuses a file without content', async () => {
  const asked = clientOf(slack).files.getUploadURLExternal({ filename: 'a.txt', length: 0 });
  await expect(asked).rejects.toMatchObject({ data: { error: 'missing_argument' } });
});
