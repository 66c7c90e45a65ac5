import {
  AuthorizeSecurityGroupIngressCommand,
  CreateSecurityGroupCommand,
  DeleteSecurityGroupCommand,
} from '@aws-sdk/client-ec2';
import type { FindingState } from '../../core/states';
import type { FindingRecord } from '../../ledger/findings/record';
import type { Sandbox } from '../../sandbox/sandbox';
import { peopleRoles } from '../../sandbox/scenario/people';
import { type CommandRun, staunch } from '../support/command';
import { become, calm, eventsOf, ingressOf, patience, recordsOf, takeRole, until } from './support';

const region = 'eu-west-1';
const ssh = 'tcp 22 0.0.0.0/0';

let sandbox: Sandbox;
let url: string;

type Role = (typeof peopleRoles)[keyof typeof peopleRoles];

/** Runs the staunch command as somebody who takes a role of an account and knows where the door is. */
async function as(account: string, role: Role, session: string, ...words: string[]): Promise<CommandRun> {
  const leave = become(sandbox, await takeRole(sandbox, account, role, session));
  try {
    return await staunch(...words, '--orders-url', url);
  } finally {
    leave();
  }
}

const owner = (account: string, ...words: string[]) => as(account, peopleRoles.owners, 'me', ...words);
const person = (email: string, ...words: string[]) => as('security', peopleRoles.person, email, ...words);
const undo = (email: string, id: string) =>
  person(email, 'undo', id, '--reason', 'A partner needs it', '--until', '1d');

/** A group that lets the world in on port 22, once its finding has a state. */
async function openGroup(account: string, state: FindingState): Promise<string> {
  const { ec2 } = sandbox.clients(account, region);
  const { GroupId = '' } = await ec2.send(
    new CreateSecurityGroupCommand({ GroupName: `people-${account}`, Description: 'people' }),
  );
  const ranges = [{ IpProtocol: 'tcp', FromPort: 22, ToPort: 22, IpRanges: [{ CidrIp: '0.0.0.0/0' }] }];
  await ec2.send(new AuthorizeSecurityGroupIngressCommand({ GroupId, IpPermissions: ranges }));
  await becomes(GroupId, state);
  return GroupId;
}

async function recordOf(id: string): Promise<FindingRecord | undefined> {
  return (await recordsOf(sandbox)).find(({ identity }) => identity.resourceId === id);
}

const becomes = (id: string, state: FindingState) =>
  until(sandbox, `${id} is ${state}`, async () => (await recordOf(id))?.state === state);

const ingress = (account: string, id: string) => ingressOf(sandbox.clients(account, region), id);

/**
 * Tests of what each of the policy's people may, in a sandbox that has `decidingPolicy`.
 * @param given the sandbox, once it is up
 */
export function testsOfPeople(given: () => Sandbox): void {
  beforeAll(() => {
    sandbox = given();
    url = sandbox.outputs['staunch-hub']?.OrdersUrl ?? '';
  });

  describe('an owner', () => {
    it(
      "sees and decides on what is his account's, and on nothing of another account",
      async () => {
        const own = await openGroup('payments', 'waiting');
        const others = await openGroup('storefront', 'waiting');
        const { printed } = await owner('payments', 'findings');
        expect(printed).toContain(own);
        expect(printed).not.toContain(others);

        const refused = await owner('payments', 'approve', others);
        expect(refused).toMatchObject({ status: 1, printed: '' });
        expect(refused.complained).toContain(others);
        // Nor does a colleague of his account whom the policy does not name.
        expect((await as('payments', peopleRoles.developer, 'me', 'approve', own)).status).toBe(1);
        await calm(sandbox);
        expect(await ingress('storefront', others)).toEqual([ssh]);
        expect(await ingress('payments', own)).toEqual([ssh]);

        expect((await owner('payments', 'approve', own)).status).toBe(0);
        await becomes(own, 'fixed');
        expect(await ingress('payments', own)).toEqual([]);
      },
      patience,
    );
  });

  describe("a job's role that previews", () => {
    it(
      'is told what it may, and pauses and approves nothing',
      async () => {
        const id = await openGroup('legacy', 'reported');
        const job = (...words: string[]) => as('security', peopleRoles.preview, 'pipeline', ...words);
        const { printed } = await job('whoami');
        expect(printed).toContain('preview');
        const refused = await job('pause', '--reason', 'To try it');
        expect(refused).toMatchObject({ status: 1, printed: '' });
        expect(refused.complained).toMatch(/may not pause/);
        expect((await job('approve', id)).status).toBe(1);
        expect(eventsOf(sandbox, 'denied')).toEqual([]);
        // Other tests of the sandbox switch the flag on.
        await sandbox.clients('legacy', region).ec2.send(new DeleteSecurityGroupCommand({ GroupId: id }));
      },
      patience,
    );
  });

  describe('an undo that takes two persons', () => {
    it(
      'is made when another person gives the same order, not when the first gives it twice or a role does',
      async () => {
        const id = await openGroup('playground', 'fixed');
        expect(await ingress('playground', id)).toEqual([]);
        expect((await undo('alice@example.com', id)).printed).toContain('two persons');
        await undo('alice@example.com', id);
        const role = await as(
          ...(['security', peopleRoles.security, 'carol'] as const),
          ...['undo', id, '--reason', 'A partner needs it', '--until', '1d'],
        );
        expect(role).toMatchObject({ status: 1 });
        expect(await ingress('playground', id)).toEqual([]);

        expect(await undo('bob@example.com', id)).toMatchObject({ status: 0 });
        expect(await ingress('playground', id)).toEqual([ssh]);
        await becomes(id, 'undone');
        expect((await person('bob@example.com', 'show', id)).printed).toMatch(
          /alice@example\.com.* and bob@example\.com/s,
        );
      },
      patience,
    );
  });
}
