import { Readable } from 'node:stream';
import type { CloudTrailClient } from '@aws-sdk/client-cloudtrail';
import { readTrails } from '../../../hub-functions/patrol/walker/read-trails';

const credentials = { accessKeyId: 'AKIDTEST', secretAccessKey: 'secret', sessionToken: 'token' };
const own = 'arn:aws:cloudtrail:eu-west-1:111122223333:trail/own';
const organization = 'arn:aws:cloudtrail:us-east-1:999999999999:trail/organization';

type Answer = object | { code: string };
type Handle = CloudTrailClient['config']['requestHandler']['handle'];

/** Reads trails from a CloudTrail that lists these, with what it says of each; and what it was asked. */
async function read(list: Answer, statuses: Record<string, Answer> = {}) {
  const asked: string[] = [];
  const handle: Handle = async ({ body, headers }) => {
    const { Name } = JSON.parse(Buffer.from(body).toString());
    asked.push(`${headers['x-amz-target']?.split('.').at(-1)} ${Name ?? ''}`.trim());
    const answer = Name === undefined ? list : (statuses[Name] ?? {});
    const code = 'code' in answer ? String(answer.code) : undefined;
    const text =
      code === undefined ? JSON.stringify(answer) : JSON.stringify({ __type: code, message: 'No.' });
    return {
      response: {
        statusCode: code === undefined ? 200 : 400,
        headers: { 'content-type': 'application/x-amz-json-1.1' },
        body: Readable.from([Buffer.from(text)]),
      },
    };
  };
  const reading = await readTrails({ region: 'eu-west-1', credentials }, new AbortController().signal, {
    requestHandler: { handle },
    maxAttempts: 1,
  });
  return { reading, asked };
}

describe('the trails of a place', () => {
  it("log where the organization's does, which is asked for by its ARN", async () => {
    const { reading, asked } = await read(
      { trailList: [{ TrailARN: own }, { TrailARN: organization }] },
      { [own]: { IsLogging: false }, [organization]: { IsLogging: true } },
    );
    expect(reading).toEqual({ isLogging: true });
    expect(asked).toEqual(['DescribeTrails', `GetTrailStatus ${own}`, `GetTrailStatus ${organization}`]);
  });

  it('do not log where there is none, all are stopped, or one went meanwhile', async () => {
    expect((await read({ trailList: [] })).reading).toEqual({ isLogging: false });
    const stopped = await read({ trailList: [{ TrailARN: own }] }, { [own]: { IsLogging: false } });
    expect(stopped.reading).toEqual({ isLogging: false });
    const gone = await read(
      { trailList: [{ TrailARN: own }] },
      { [own]: { code: 'TrailNotFoundException' } },
    );
    expect(gone.reading).toEqual({ isLogging: false });
  });

  it("are unknown where AWS refuses, with AWS's words", async () => {
    expect((await read({ code: 'AccessDeniedException' })).reading).toEqual({
      words: 'AccessDeniedException: No.',
    });
    const half = await read({ trailList: [{ TrailARN: own }] }, { [own]: { code: 'AccessDeniedException' } });
    expect(half.reading).toEqual({ words: 'AccessDeniedException: No.' });
  });
});
