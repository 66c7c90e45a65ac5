import type { EC2Client } from '@aws-sdk/client-ec2';
import { RefusedError } from '../../../core/errors';
import type { Change, Plan } from '../../../core/plan';
import { mayHaveBeenMade } from '../../../resources/kit/aws-error';
import { ChangedMeanwhileError, StoppedError } from '../../../resources/kit/live-resource';
import { applyToGroup } from '../../../resources/security-group/apply';
import type { GroupAccess } from '../../../resources/security-group/calls';

interface SentCommand {
  constructor: { name: string };
  input: { IpPermissions?: object[]; TagSpecifications?: object[] };
}

/** An EC2 that answers every call alike, and remembers them. moto has no group of a default VPC as AWS has them. */
function ec2Answering(answer: object): { client: EC2Client; sent: SentCommand[] } {
  const sent: SentCommand[] = [];
  const send = async (command: SentCommand) => {
    sent.push(command);
    return answer;
  };
  // Only `send` is used.
  return { client: { send } as unknown as EC2Client, sent };
}

const change = (action: string, port: number, cidr = '0.0.0.0/0'): Change => ({
  action,
  text: `${action} ${port}`,
  protocol: 'tcp',
  fromPort: port,
  toPort: port,
  cidr,
});
const planOf = (...changes: Change[]): Plan => ({ changes, lossy: false, losses: [] });
const accessBy = (client: EC2Client, mayWrite = async () => {}): GroupAccess => ({
  client,
  groupId: 'sg-1',
  signal: new AbortController().signal,
  mayWrite,
});

describe('applyToGroup', () => {
  it('authorizes before it revokes, one source an entry', async () => {
    const { client, sent } = ec2Answering({});
    const plan = planOf(
      change('authorize', 21),
      change('authorize', 23),
      change('revoke', 22),
      change('revoke', 22, '::/0'),
    );
    await applyToGroup(accessBy(client), plan, () => {});
    expect(sent.map((command) => [command.constructor.name, command.input.IpPermissions])).toEqual([
      [
        'AuthorizeSecurityGroupIngressCommand',
        [
          { IpProtocol: 'tcp', FromPort: 21, ToPort: 21, IpRanges: [{ CidrIp: '0.0.0.0/0' }] },
          { IpProtocol: 'tcp', FromPort: 23, ToPort: 23, IpRanges: [{ CidrIp: '0.0.0.0/0' }] },
        ],
      ],
      [
        'RevokeSecurityGroupIngressCommand',
        [
          { IpProtocol: 'tcp', FromPort: 22, ToPort: 22, IpRanges: [{ CidrIp: '0.0.0.0/0' }] },
          { IpProtocol: 'tcp', FromPort: 22, ToPort: 22, Ipv6Ranges: [{ CidrIpv6: '::/0' }] },
        ],
      ],
    ]);
  });

  it('counts only what a default VPC has really revoked, and asks to read again', async () => {
    const { client } = ec2Answering({
      Return: true,
      UnknownIpPermissions: [
        { IpProtocol: 'tcp', FromPort: 22, ToPort: 22, IpRanges: [{ CidrIp: '0.0.0.0/0' }] },
      ],
    });
    const applied: Change[] = [];
    const plan = planOf(change('revoke', 22), change('revoke', 3389));
    await expect(applyToGroup(accessBy(client), plan, (changes) => applied.push(...changes))).rejects.toThrow(
      ChangedMeanwhileError,
    );
    expect(applied.map(({ text }) => text)).toEqual(['revoke 3389']);
  });

  it('knows that what a default VPC does not find may be the doing of a call that was sent twice', async () => {
    const UnknownIpPermissions = [
      { IpProtocol: 'tcp', FromPort: 22, ToPort: 22, IpRanges: [{ CidrIp: '0.0.0.0/0' }] },
    ];
    const ended = async (attempts: number) => {
      const { client } = ec2Answering({ UnknownIpPermissions, $metadata: { attempts } });
      const error: unknown = await applyToGroup(
        accessBy(client),
        planOf(change('revoke', 22)),
        () => {},
      ).catch((thrown: unknown) => thrown);
      return mayHaveBeenMade(error);
    };
    expect([await ended(1), await ended(2)]).toEqual([false, true]);
  });

  it('makes at most a hundred changes a call', async () => {
    const { client, sent } = ec2Answering({});
    const changes = Array.from({ length: 250 }, (_, i) => change('revoke', i + 1));
    await applyToGroup(accessBy(client), planOf(...changes), () => {});
    expect(sent.map(({ input }) => input.IpPermissions?.length)).toEqual([100, 100, 50]);
  });

  it('tags the rules of a call in the same call, those with other tags in another', async () => {
    const { client, sent } = ec2Answering({});
    const owner = [{ Key: 'owner', Value: 'ops' }];
    const plan = planOf(
      { ...change('authorize', 21), tags: owner },
      { ...change('authorize', 23), tags: [...owner] },
      { ...change('authorize', 80), tags: [{ Key: 'owner', Value: 'web' }] },
      change('authorize', 443),
      change('revoke', 22),
    );
    await applyToGroup(accessBy(client), plan, () => {});
    expect(sent.map(({ input }) => [input.IpPermissions?.length, input.TagSpecifications])).toEqual([
      [2, [{ ResourceType: 'security-group-rule', Tags: owner }]],
      [1, [{ ResourceType: 'security-group-rule', Tags: [{ Key: 'owner', Value: 'web' }] }]],
      [1, undefined],
      [1, undefined],
    ]);
  });

  it('refuses a change that is none of a rule', async () => {
    const { client, sent } = ec2Answering({});
    const plan = planOf({ action: 'removeGrant', text: 'Remove' });
    await expect(applyToGroup(accessBy(client), plan, () => {})).rejects.toThrow(RefusedError);
    expect(sent).toEqual([]);
  });

  it('asks right before each call whether it may write, and makes none that it may not', async () => {
    const { client, sent } = ec2Answering({});
    const asked: number[] = [];
    const mayWrite = async () => {
      asked.push(sent.length);
      if (asked.length > 1) throw new StoppedError('Staunch is paused.');
    };
    const applied: Change[] = [];
    const plan = planOf(change('authorize', 21), change('revoke', 22));
    await expect(
      applyToGroup(accessBy(client, mayWrite), plan, (changes) => applied.push(...changes)),
    ).rejects.toThrow(StoppedError);
    expect(asked).toEqual([0, 1]);
    expect(applied.map(({ text }) => text)).toEqual(['authorize 21']);
  });
});
