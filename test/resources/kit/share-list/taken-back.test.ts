import { control as amiPublic } from '../../../../controls/ami-public';
import type { CustomControl } from '../../../../controls/control';
import { control as ebsSnapshotPublic } from '../../../../controls/ebs-snapshot-public';
import type { Json } from '../../../../core/json';
import type { Change } from '../../../../core/plan';
import { undo } from '../../../../hub-functions/remediation/undo';
import { amiAdapter } from '../../../../resources/ami/adapter';
import { snapshotAdapter } from '../../../../resources/ebs-snapshot/adapter';
import type { Adapter } from '../../../../resources/kit/live-resource';
import { InMemoryAws } from '../../../faults/aws/in-memory-aws';

const place = { accountId: '222222222222', region: 'eu-west-1' };
const everybody = { Group: 'all' as const };

describe.each([
  {
    control: ebsSnapshotPublic as CustomControl,
    adapter: snapshotAdapter() as Adapter,
    id: 'snap-0123456789abcdef0',
    items: (aws: InMemoryAws) => aws.ec2.snapshots,
  },
  {
    control: amiPublic as CustomControl,
    adapter: amiAdapter() as Adapter,
    id: 'ami-0123456789abcdef0',
    items: (aws: InMemoryAws) => aws.ec2.images,
  },
])('a fix under a setting that blocks new sharing: $control.id', ({ control, adapter, id, items }) => {
  let aws: InMemoryAws;
  let restore: () => void;
  beforeEach(() => {
    aws = new InMemoryAws();
    restore = aws.install();
    items(aws).create(id, { ...place, permissions: [everybody, { UserId: '777777777777' }] });
  });
  afterEach(() => restore());

  const live = () =>
    adapter.open({
      finding: { ...place, control: control.id, resourceType: control.resourceType, resourceId: id },
      credentials: aws.adminCredentials(place.accountId),
      signal: new AbortController().signal,
      mayWrite: async () => {},
    });

  it("is lossy, and cannot be taken back: the undo says AWS's words, and changes nothing", async () => {
    items(aws).block(place.accountId, place.region, 'block-new-sharing');
    const parameters = control.parameters.parse({});
    const before = await live().read();
    if (before === 'gone') throw new Error('It is there.');
    const { violations } = control.evaluate(before.resource, parameters);
    const plan = control.plan(before.resource, violations, parameters);
    expect(plan.lossy).toBe(true);
    const made: Change[] = [];
    await live().apply(plan, before, (some) => made.push(...some));
    expect(items(aws).get(id)?.permissions).toEqual([{ UserId: '777777777777' }]);

    const steps = [{ before: before.before as Json, changes: plan.changes, made }] as const;
    const pause = async () => {};
    const task = { control, parameters, live: live(), planUndo: adapter.planUndo, pause };
    const { outcome, reason } = await undo({ ...task, history: { steps } });
    expect(outcome).toBe('refused');
    expect(reason).toMatch(/^EC2 does not take it back: OperationNotPermitted: You can't publicly share/);
    expect(items(aws).get(id)?.permissions).toEqual([{ UserId: '777777777777' }]);

    items(aws).block(place.accountId, place.region, 'unblocked');
    expect(await undo({ ...task, history: { steps } })).toMatchObject({ outcome: 'undone' });
    expect(items(aws).isPublic(id)).toBe(true);
  });
});
