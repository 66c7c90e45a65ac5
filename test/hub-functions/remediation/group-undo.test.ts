import type { EC2Client } from '@aws-sdk/client-ec2';
import { RefusedError } from '../../../core/errors';
import type { Change } from '../../../core/plan';
import { ChangedMeanwhileError } from '../../../resources/kit/live-resource';
import { undoInGroup } from '../../../resources/security-group/restore';

interface SentCommand {
  constructor: { name: string };
  input: { IpPermissions: { FromPort: number }[]; TagSpecifications?: object[] };
}

/** An EC2 that answers, or refuses, each call as `answer` says, and remembers the calls. */
function ec2Answering(answer: (ports: number[]) => object): { client: EC2Client; sent: string[] } {
  const sent: string[] = [];
  const send = async (command: SentCommand) => {
    const { input } = command;
    const ports = input.IpPermissions.map(({ FromPort }) => FromPort);
    const tags = input.TagSpecifications ? ` ${JSON.stringify(input.TagSpecifications)}` : '';
    sent.push(
      `${command.constructor.name.replace('SecurityGroupIngressCommand', '')} ${ports.join()}${tags}`,
    );
    return answer(ports);
  };
  // Only `send` is used.
  return { client: { send } as unknown as EC2Client, sent };
}

/** Refuses as AWS does, with a code, the calls that `when` picks. */
const refusing = (code: string, when: (ports: number[]) => boolean = () => true) =>
  ec2Answering((ports) => {
    if (when(ports)) throw Object.assign(new Error('AWS says no.'), { name: code, $fault: 'client' });
    return {};
  });

const change = (action: string, port: number, more: object = {}): Change => ({
  action,
  text: `${action} ${port}`,
  protocol: 'tcp',
  fromPort: port,
  toPort: port,
  cidr: '0.0.0.0/0',
  ...more,
});
const { signal } = new AbortController();
const mayWrite = async () => {};

async function undone(client: EC2Client, ...changes: Change[]): Promise<string[]> {
  const applied: string[] = [];
  const access = { client, groupId: 'sg-1', signal, mayWrite };
  await undoInGroup(access, changes, (made) => applied.push(...made.map(({ text }) => text)));
  return applied;
}

describe('undoInGroup', () => {
  it('authorizes with tags, then revokes', async () => {
    const { client, sent } = ec2Answering(() => ({}));
    const tags = [{ Key: 'owner', Value: 'ops' }];
    expect(await undone(client, change('authorize', 22, { tags }), change('revoke', 21))).toEqual([
      'authorize 22',
      'revoke 21',
    ]);
    expect(sent).toEqual([
      'Authorize 22 [{"ResourceType":"security-group-rule","Tags":[{"Key":"owner","Value":"ops"}]}]',
      'Revoke 21',
    ]);
  });

  it('passes over a rule that is there already, and adds the others', async () => {
    const { client, sent } = refusing('InvalidPermission.Duplicate', (ports) => ports.includes(22));
    const changes = [20, 22, 25].map((port) => change('authorize', port));
    expect(await undone(client, ...changes)).toEqual(['authorize 20', 'authorize 25']);
    expect(sent).toEqual(['Authorize 20,22,25', 'Authorize 20', 'Authorize 22', 'Authorize 25']);
  });

  it('passes over a rule that is gone already, where AWS refuses the whole call', async () => {
    const { client } = refusing('InvalidPermission.NotFound', (ports) => ports.includes(22));
    expect(await undone(client, change('revoke', 22), change('revoke', 23))).toEqual(['revoke 23']);
    expect(await undone(client, change('revoke', 22))).toEqual([]);
  });

  it('passes over a rule that is gone already, where a default VPC passes over it', async () => {
    const { client, sent } = ec2Answering(() => ({
      UnknownIpPermissions: [
        { IpProtocol: 'tcp', FromPort: 22, ToPort: 22, IpRanges: [{ CidrIp: '0.0.0.0/0' }] },
      ],
    }));
    expect(await undone(client, change('revoke', 22), change('revoke', 23))).toEqual(['revoke 23']);
    expect(sent).toEqual(['Revoke 22,23']);
  });

  it('counts a rule as its own that is there already when the SDK asks again', async () => {
    let calls = 0;
    const { client } = ec2Answering(() => {
      const attempts = ++calls === 1 ? 2 : 1;
      throw Object.assign(new Error('It is there.'), {
        name: 'InvalidPermission.Duplicate',
        $fault: 'client',
        $metadata: { attempts },
      });
    });
    expect(await undone(client, change('authorize', 22), change('authorize', 23))).toEqual([
      'authorize 22',
      'authorize 23',
    ]);
  });

  it.each([
    'RulesPerSecurityGroupLimitExceeded',
    'InvalidPrefixListID.NotFound',
    'InvalidPermission.Malformed',
  ])("is refused with AWS's words: %s", async (code) => {
    const { client, sent } = refusing(code);
    const attempt = undone(client, change('authorize', 22), change('revoke', 21));
    await expect(attempt).rejects.toThrow(RefusedError);
    await expect(attempt).rejects.toThrow(`${code}: AWS says no.`);
    expect(sent).toEqual(['Authorize 22']);
  });

  it('says so when the group goes meanwhile', async () => {
    const { client } = refusing('InvalidGroup.NotFound');
    await expect(undone(client, change('authorize', 22))).rejects.toThrow(ChangedMeanwhileError);
  });

  it("leaves AWS's other errors as they are: another attempt may succeed", async () => {
    const { client } = refusing('RequestLimitExceeded');
    await expect(undone(client, change('authorize', 22))).rejects.toMatchObject({
      name: 'RequestLimitExceeded',
    });
  });

  it('refuses a change that is none of a rule, before it makes any', async () => {
    const { client, sent } = ec2Answering(() => ({}));
    const foreign = { action: 'removeGrant', text: '' };
    await expect(undone(client, change('authorize', 22), foreign)).rejects.toThrow(RefusedError);
    expect(sent).toEqual([]);
  });
});
