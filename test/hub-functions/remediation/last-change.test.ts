import { Readable } from 'node:stream';
import type { CloudTrailClient } from '@aws-sdk/client-cloudtrail';
import { lastChangeBy } from '../../../hub-functions/remediation/last-change';
import { testIdentity } from '../../support/findings';

const credentials = { accessKeyId: 'AKIDTEST', secretAccessKey: 'secret', sessionToken: 'token' };
const at = new Date('2026-11-23T10:00:00.000Z');
const terraform = 'arn:aws:sts::222222222222:assumed-role/terraform/run-1';
const anna = 'arn:aws:iam::222222222222:user/anna';
const staunch = 'arn:aws:sts::222222222222:assumed-role/staunch-remediation/staunch-1';

/** An event as LookupEvents answers it. */
const event = (arn: string | undefined, more: Record<string, unknown> = {}, record: object = {}) => ({
  EventId: 'id',
  EventName: 'AuthorizeSecurityGroupIngress',
  ReadOnly: 'false',
  EventTime: at.getTime() / 1000,
  Username: 'somebody',
  CloudTrailEvent: JSON.stringify({ userIdentity: arn === undefined ? {} : { arn }, ...record }),
  ...more,
});
const change = (by: string) => ({ by, event: 'AuthorizeSecurityGroupIngress', at });

type Handle = CloudTrailClient['config']['requestHandler']['handle'];

/** Asks with a CloudTrail that answers one page after the other; an `Error` page is an error of AWS. */
async function ask(
  pages: (object[] | { code: string } | 'not JSON')[],
  signal = new AbortController().signal,
) {
  const asked: Record<string, unknown>[] = [];
  const handle: Handle = async ({ body }, options: { abortSignal?: { aborted: boolean } } = {}) => {
    if (options.abortSignal?.aborted) throw new Error('Aborted.');
    const page = pages[asked.length] ?? [];
    asked.push(JSON.parse(Buffer.from(body).toString()));
    const NextToken = asked.length < pages.length ? `page ${asked.length + 1}` : undefined;
    const [statusCode, answer] =
      page === 'not JSON'
        ? [200, page]
        : Array.isArray(page)
          ? [200, JSON.stringify({ Events: page, NextToken })]
          : [400, JSON.stringify({ __type: page.code, message: 'No.' })];
    return { response: { statusCode, headers: {}, body: Readable.from([Buffer.from(String(answer))]) } };
  };
  const found = await lastChangeBy(
    { finding: testIdentity, credentials, signal },
    { requestHandler: { handle }, maxAttempts: 1 },
  );
  return { found, asked };
}

describe('lastChangeBy', () => {
  it('asks for the resource by its name, and says who made the newest change', async () => {
    const { found, asked } = await ask([[event(terraform), event(anna)]]);
    expect(found).toEqual(change(terraform));
    expect(asked).toEqual([
      { LookupAttributes: [{ AttributeKey: 'ResourceName', AttributeValue: testIdentity.resourceId }] },
    ]);
  });

  it('passes over what Staunch did itself', async () => {
    expect((await ask([[event(staunch), event(anna)]])).found).toEqual(change(anna));
  });

  it('takes nobody for Staunch whose role or session only looks like it', async () => {
    for (const by of [
      'arn:aws:sts::222222222222:assumed-role/not-staunch-remediation/x',
      'arn:aws:sts::222222222222:assumed-role/admin/staunch-1',
      'arn:aws:iam::222222222222:user/staunch-anna',
    ]) {
      expect((await ask([[event(by), event(anna)]])).found).toEqual(change(by));
    }
  });

  it('passes over reading, and over changes that failed', async () => {
    const failed = event(terraform, {}, { errorCode: 'Client.UnauthorizedOperation' });
    const reading = event(terraform, { EventName: 'DescribeSecurityGroups', ReadOnly: 'true' });
    expect((await ask([[failed, reading, event(anna)]])).found).toEqual(change(anna));
  });

  it('passes over calls that change nothing of what makes a group dangerous', async () => {
    const others = ['CreateTags', 'RunInstances', 'ModifyNetworkInterfaceAttribute'];
    const pages = others.map((EventName) => event(terraform, { EventName }));
    expect((await ask([[...pages, event(anna)]])).found).toEqual(change(anna));
  });

  it('names an AWS service that did it by itself, and the user where there is no ARN', async () => {
    const service = event(undefined, {}, { userIdentity: { invokedBy: 'autoscaling.amazonaws.com' } });
    expect((await ask([[service]])).found).toEqual(change('autoscaling.amazonaws.com'));
    expect((await ask([[event(undefined)]])).found).toEqual(change('somebody'));
    expect((await ask([[event(anna, { CloudTrailEvent: undefined })]])).found).toEqual(change('somebody'));
  });

  it('looks on behind a page without changes, with the page’s token', async () => {
    const reading = event(anna, { EventName: 'DescribeSecurityGroups', ReadOnly: 'true' });
    const { found, asked } = await ask([[reading], [], [event(anna)]]);
    expect(found).toEqual(change(anna));
    expect(asked.map(({ NextToken }) => NextToken)).toEqual([undefined, 'page 2', 'page 3']);
  });

  it('gives up after three pages', async () => {
    const { found, asked } = await ask([[], [], [], [event(anna)]]);
    expect(found).toBeUndefined();
    expect(asked).toHaveLength(3);
  });

  it.each(['AccessDeniedException', 'ThrottlingException'])(
    'knows nothing when AWS says %s',
    async (code) => {
      expect((await ask([{ code }])).found).toBeUndefined();
    },
  );

  it('knows nothing when there are no events, or none that it understands', async () => {
    expect((await ask([[]])).found).toBeUndefined();
    expect((await ask(['not JSON'])).found).toBeUndefined();
    expect((await ask([[event(anna, { CloudTrailEvent: '{' })]])).found).toBeUndefined();
    expect((await ask([[event(anna, { CloudTrailEvent: '7' })]])).found).toBeUndefined();
  });

  it('knows nothing when the function runs out of time', async () => {
    expect((await ask([[event(anna)]], AbortSignal.abort())).found).toBeUndefined();
  });
});
