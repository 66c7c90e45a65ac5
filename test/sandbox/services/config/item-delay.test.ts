import type { Clock } from '../../../../sandbox/clock';
import { EventLog } from '../../../../sandbox/events';
import { Failures } from '../../../../sandbox/failures';
import type { LiveResource } from '../../../../sandbox/services/config/configuration-item';
import { PendingWork } from '../../../../sandbox/services/config/pending-work';
import type { Aspects, RecordedType } from '../../../../sandbox/services/config/recorded-type';
import { Recorder } from '../../../../sandbox/services/config/recorder';

const place = { accountId: '111111111111', region: 'eu-west-1' };
const resource = { ...place, resourceType: 'AWS::S3::Bucket', resourceId: 'photos' };
const live: LiveResource = {
  resourceName: 'photos',
  ARN: 'arn:aws:s3:::photos',
  availabilityZone: 'Regional',
  resourceCreationTime: '2026-03-01T12:00:00.000Z',
  tags: {},
  relationships: [],
  configuration: {},
  supplementaryConfiguration: {},
};

/** A recorder whose clock stands still until `pass` is called. */
function recorderWith(milliseconds: number) {
  const waiting: (() => void)[] = [];
  const clock: Clock = {
    now: () => 1_000,
    after: (_, action) => {
      waiting.push(action);
      return () => {};
    },
  };
  const reads: Aspects[] = [];
  const type: RecordedType = {
    resourceType: resource.resourceType,
    touches: async () => [],
    list: async () => [],
    async read(_resource, aspects) {
      reads.push(aspects);
      return { ...live, tags: { reads: String(reads.length) } };
    },
  };
  const stopping = new AbortController();
  const work = new PendingWork(new Failures());
  const delay = { milliseconds, stopped: stopping.signal };
  const recorder = new Recorder([type], work, new EventLog(), clock, delay, () => {});
  recorder.put(place, { name: 'default', roleArn: '', resourceTypes: [], allSupported: true });
  recorder.start(place);
  const settled = async () => {
    for (let turn = 0; turn < 20; turn += 1) await Promise.resolve();
  };
  return {
    ...{ recorder, reads, work, stopping, settled },
    pass: async () => {
      await settled();
      for (const action of waiting.splice(0)) action();
      await settled();
    },
  };
}

it('reads a resource some time after a change, once for all changes until then', async () => {
  const { recorder, reads, work, pass, settled } = recorderWith(500);
  recorder.touch({ ...resource, aspects: new Set(['acl']) });
  recorder.touch({ ...resource, aspects: new Set(['policy']) });
  await settled();
  expect(reads).toEqual([]);
  expect(work.idle()).toBe(false);
  await pass();
  expect(reads).toEqual([new Set(['acl', 'policy'])]);
  expect(recorder.history(resource)).toHaveLength(1);
  expect(work.idle()).toBe(true);
});

it('reads it again for a change that comes later', async () => {
  const { recorder, reads, pass } = recorderWith(500);
  recorder.touch({ ...resource, aspects: 'everything' });
  await pass();
  recorder.touch({ ...resource, aspects: 'everything' });
  await pass();
  expect(reads).toHaveLength(2);
});

it('reads at once without a delay, and nothing any more once it is stopped', async () => {
  const { recorder, reads, settled } = recorderWith(0);
  recorder.touch({ ...resource, aspects: 'everything' });
  await settled();
  expect(reads).toHaveLength(1);
  const other = recorderWith(500);
  other.recorder.touch({ ...resource, aspects: 'everything' });
  other.stopping.abort();
  await other.pass();
  expect(other.reads).toEqual([]);
  expect(other.work.idle()).toBe(true);
});
