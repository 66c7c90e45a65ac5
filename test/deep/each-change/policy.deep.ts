import { DeleteSecurityGroupCommand, RevokeSecurityGroupIngressCommand } from '@aws-sdk/client-ec2';
import {
  CreateBucketCommand,
  GetPublicAccessBlockCommand,
  PutBucketPolicyCommand,
  PutPublicAccessBlockCommand,
} from '@aws-sdk/client-s3';
import { queueNames } from '../../../core/names';
import { heldByOf, lookAgainOf } from '../../../ledger/findings/record-parts';
import type { AccountClients } from '../../../sandbox/account-clients';
import { sandboxPolicy } from '../../../sandbox/scenario/policy';
import { exemptUntil, limits } from '../../end-to-end/deciding-policy';
import {
  allow,
  decidingSandbox,
  hour,
  minute,
  newGroup,
  open,
  openGroup,
  ssh,
} from '../../end-to-end/deciding-sandbox';
import {
  becomeOperator,
  byStaunch,
  calm,
  ingressOf,
  lastReportOf,
  patience,
  until,
} from '../../end-to-end/support';
import { staunch } from '../../support/command';

const region = 'eu-west-1';

const deciding = decidingSandbox();
const { writes, fixes, pass, latest, becomes, told, untilTold } = deciding;
let leaveHub: (() => void) | undefined;

/** A bucket that its policy makes public. */
async function openBucket({ s3, accountId }: AccountClients, name: string): Promise<string> {
  const Bucket = `${name}-${accountId}`;
  await s3.send(
    new CreateBucketCommand({ Bucket, CreateBucketConfiguration: { LocationConstraint: region } }),
  );
  const PublicAccessBlockConfiguration = { BlockPublicPolicy: false };
  await s3.send(new PutPublicAccessBlockCommand({ Bucket, PublicAccessBlockConfiguration }));
  const Statement = [
    { Effect: 'Allow', Principal: '*', Action: 's3:GetObject', Resource: `arn:aws:s3:::${Bucket}/*` },
  ];
  const Policy = JSON.stringify({ Version: '2012-10-17', Statement });
  await s3.send(new PutBucketPolicyCommand({ Bucket, Policy }));
  return Bucket;
}

async function isBlocked({ s3 }: AccountClients, Bucket: string): Promise<boolean> {
  const { PublicAccessBlockConfiguration: settings } = await s3.send(
    new GetPublicAccessBlockCommand({ Bucket }),
  );
  return settings?.BlockPublicPolicy === true;
}

const writesTo = (resourceId: string) =>
  writes.filter(({ parameters }) => JSON.stringify(parameters).includes(resourceId));

const millisecondsTo = (time: string | undefined, since: string | undefined) =>
  Date.parse(time ?? '') - Date.parse(since ?? '');

describe('what an operator of the hub meets', () => {
  beforeAll(async () => {
    leaveHub = await becomeOperator(deciding.sandbox);
  });
  afterAll(() => leaveHub?.());

  describe('a resource that is opened again and again', () => {
    it(
      'is fixed after growing pauses and within the limits, never given up, and costs the others nothing',
      async () => {
        const clients = deciding.sandbox.clients('nightly', region);
        const group = await openGroup(clients);
        await becomes(group, { state: 'fixed', occurrence: 1 });
        await allow(clients, group);
        const second = await becomes(group, { state: 'fixed', occurrence: 2 });

        await allow(clients, group);
        const third = await becomes(group, { state: 'held', occurrence: 3 });
        expect(heldByOf(third)).toBe('conflict');
        await until(
          deciding.sandbox,
          'it was reported',
          () => lastReportOf(deciding.sandbox, group)?.state === 'held',
        );
        expect(lastReportOf(deciding.sandbox, group)?.reason).toContain(
          `arn:aws:iam::${clients.accountId}:root`,
        );
        expect(millisecondsTo(lookAgainOf(third), second.writes?.at(-1))).toBe(2 * minute);
        await calm(deciding.sandbox);
        expect(await ingressOf(clients, group)).toEqual([ssh]);
        pass(2 * minute);
        const fixed = await becomes(group, { state: 'fixed', occurrence: 3 });

        await allow(clients, group);
        const fourth = await becomes(group, { state: 'held', occurrence: 4 });
        expect(millisecondsTo(lookAgainOf(fourth), fixed.writes?.at(-1))).toBe(4 * minute);
        pass(4 * minute);
        await becomes(group, { heldBy: 'limit', occurrence: 4 });
        await untilTold(`Limit of fixes reached for account nightly (${clients.accountId})`);

        const others = deciding.sandbox.clients('staging', region);
        const other = await openGroup(others);
        await becomes(other, { state: 'fixed' });
        const late = await openGroup(others);
        const { reason } = await becomes(late, { state: 'held', heldBy: 'limit' });
        expect(reason).toContain('the organization');
        expect(await ingressOf(clients, group)).toEqual([ssh]);

        pass(hour);
        await Promise.all([
          becomes(group, { state: 'fixed', occurrence: 4 }),
          becomes(late, { state: 'fixed' }),
        ]);
        expect(await ingressOf(clients, group)).toEqual([]);
        expect(told('Limit of fixes reached for account')).toHaveLength(1);
      },
      patience,
    );
  });

  describe('an account that is moved during the run', () => {
    it(
      'has the flag of its new organizational unit from its next finding on, when its old place is not believed any more',
      async () => {
        const clients = deciding.sandbox.clients('analytics', region);
        const reported = await openGroup(clients);
        expect(await becomes(reported, { state: 'reported' })).toMatchObject({ flag: 'off' });

        // A reading of the organization that is under way would end after the time that passes, and count as young.
        await calm(deciding.sandbox);
        await deciding.sandbox.organization.moveAccount('analytics', 'Workloads', 'Staging');
        pass(5 * minute);
        const fixed = await openGroup(clients);
        expect(await becomes(fixed, { state: 'fixed' })).toMatchObject({ flag: 'on' });
        expect(await ingressOf(clients, fixed)).toEqual([]);

        await calm(deciding.sandbox);
        await deciding.sandbox.organization.moveAccount('analytics', 'Staging', 'Production');
        pass(5 * minute);
        const waiting = await openGroup(clients);
        expect(await becomes(waiting, { state: 'waiting' })).toMatchObject({ flag: 'approval' });
        await calm(deciding.sandbox);
        expect(await ingressOf(clients, waiting)).toEqual([ssh]);
      },
      patience,
    );
  });

  describe('staunch pause', () => {
    const pause = () => staunch('pause', '--reason', 'We look into something');

    // Whatever went wrong, the next test is not paused.
    afterEach(() => staunch('resume'), patience);

    it(
      'holds a fix whose finding was in the queue already, until staunch resume',
      async () => {
        const clients = deciding.sandbox.clients('staging', region);
        const group = await newGroup(clients);
        let paused: Promise<unknown> | undefined;
        deciding.between = async ({ service, operation, body: asked }, { body }) => {
          if (paused || service !== 'sqs' || operation !== 'ReceiveMessage') return;
          // The notifier's queue tells of the group as well, and before the finding: of its first verdict.
          if (!asked.toString().includes(queueNames.remediation) || !body.toString().includes(group)) return;
          // The finding has left the queue, and has not reached the coordinator.
          paused = pause();
          expect(await paused).toMatchObject({ status: 0, printed: expect.stringContaining('is paused') });
        };
        await allow(clients, group);

        expect(await becomes(group, { state: 'held' })).toMatchObject({
          heldBy: 'stop',
          reason: expect.stringContaining('We look into something'),
        });
        await calm(deciding.sandbox);
        expect(paused).toBeDefined();
        expect(fixes).not.toContain(group);
        expect(await ingressOf(clients, group)).toEqual([ssh]);
        expect(told('Paused: the whole organization')).toHaveLength(1);
        const { printed } = await staunch('findings', '--held');
        expect(printed).toContain(group);
        expect(printed).toContain('We look into something');

        expect(await staunch('resume')).toMatchObject({
          status: 0,
          printed: expect.stringContaining('is resumed'),
        });
        await becomes(group, { state: 'fixed' });
        expect(await ingressOf(clients, group)).toEqual([]);
        expect((await staunch('findings', '--held')).printed).not.toContain('We look into something');
      },
      patience,
    );

    it.each([
      [
        'a security group',
        openGroup,
        async (clients: AccountClients, id: string) => !(await ingressOf(clients, id)).includes(ssh),
      ],
      ['a bucket', (clients: AccountClients) => openBucket(clients, 'handed-over'), isBlocked],
    ])(
      'holds a fix of %s that was handed over already, before its first write',
      async (_what, plant, isHealed) => {
        const clients = deciding.sandbox.clients('staging', region);
        let paused: Promise<unknown> | undefined;
        deciding.between = async (call) => {
          // The first call of the session that fixes reads the resource once more.
          if (paused || !byStaunch(call)) return;
          paused = pause();
          await paused;
        };
        const [written, asked] = [writes.length, fixes.length];
        const id = await plant(clients);

        expect(await becomes(id, { state: 'held' })).toMatchObject({ heldBy: 'stop' });
        expect(paused).toBeDefined();
        expect(fixes.slice(asked)).toEqual([id]);
        await calm(deciding.sandbox);
        expect(writes.slice(written)).toEqual([]);
        expect(await isHealed(clients, id)).toBe(false);

        await staunch('resume');
        await becomes(id, { state: 'fixed' });
        expect(await isHealed(clients, id)).toBe(true);
      },
      patience,
    );
  });

  describe('an exemption that expires during the run', () => {
    it(
      'keeps the resource as it is until then; the channel is told before, and it is fixed after',
      async () => {
        const clients = deciding.sandbox.clients('playground', region);
        const bucket = await openBucket(clients, 'website');
        expect(await becomes(bucket, { state: 'exempt' })).toMatchObject({
          reason: expect.stringContaining('A public website.'),
        });
        await untilTold('An exemption ends within a week');
        expect(told('An exemption ends today')).toEqual([]);

        pass(exemptUntil - minute - (Date.now() + deciding.passed));
        await untilTold('An exemption ends today');
        await calm(deciding.sandbox);
        expect(await latest(bucket)).toMatchObject({ state: 'exempt', occurrence: 1 });
        expect(await isBlocked(clients, bucket)).toBe(false);

        pass(minute);
        await becomes(bucket, { state: 'fixed' });
        expect(await isBlocked(clients, bucket)).toBe(true);
        expect(told('An exemption ends')).toHaveLength(2);
      },
      patience,
    );
  });

  describe('a flag that is switched on', () => {
    it(
      'fixes exactly what is still dangerous of what was reported before',
      async () => {
        const clients = deciding.sandbox.clients('legacy', region);
        const { ec2, accountId } = clients;
        const [dangerous, mended, gone] = [
          await openGroup(clients),
          await openGroup(clients),
          await openGroup(clients),
        ];
        const all = [dangerous, mended, gone];
        await Promise.all(all.map((id) => becomes(id, { state: 'reported' })));
        await calm(deciding.sandbox);

        // Nobody tells the hub of what happens now: it has to see it for itself.
        const role = `arn:aws:iam::${accountId}:role/nothing-is-recorded`;
        const recorder = { name: 'staunch', roleArn: role, resourceTypes: [], allSupported: false };
        deciding.sandbox.config.putConfigurationRecorder({ accountId, region }, recorder);
        await ec2.send(new RevokeSecurityGroupIngressCommand({ GroupId: mended, IpPermissions: [open(22)] }));
        await ec2.send(new DeleteSecurityGroupCommand({ GroupId: gone }));
        const written = writes.length;
        await deciding.sandbox.redeploy((ids) =>
          sandboxPolicy(ids, ({ accounts }, autoResponse) => ({
            limits,
            securityHub: true,
            autoResponse: {
              ...autoResponse,
              accounts: { ...autoResponse.accounts, [accounts.legacy ?? '']: 'on' },
            },
          })),
        );

        await becomes(dangerous, { state: 'fixed' });
        await becomes(mended, { state: 'already-compliant' });
        await becomes(gone, { state: 'gone' });
        expect(await ingressOf(clients, dangerous)).toEqual([]);
        expect(writes.slice(written)).toEqual(writesTo(dangerous));
      },
      patience,
    );
  });
});
