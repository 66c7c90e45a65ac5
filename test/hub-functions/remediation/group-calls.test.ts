import type { EC2Client } from '@aws-sdk/client-ec2';
import type { Change, Plan } from '../../../controls/control';
import { RefusedError } from '../../../controls/control';
import { mayHaveBeenMade } from '../../../hub-functions/remediation/aws-error';
import { ChangedMeanwhileError } from '../../../hub-functions/remediation/live-resource';
import { applyToGroup } from '../../../hub-functions/remediation/security-group/apply';

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
const { signal } = new AbortController();

describe('applyToGroup', () => {
  it('authorizes before it revokes, one source an entry', async () => {
    const { client, sent } = ec2Answering({});
    const plan = planOf(
      change('authorize', 21),
      change('authorize', 23),
      change('revoke', 22),
      change('revoke', 22, '::/0'),
    );
    await applyToGroup(client, 'sg-1', plan, () => {}, signal);
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
    await expect(
      applyToGroup(client, 'sg-1', plan, (changes) => applied.push(...changes), signal),
    ).rejects.toThrow(ChangedMeanwhileError);
    expect(applied.map(({ text }) => text)).toEqual(['revoke 3389']);
  });

  it('knows that what a default VPC does not find may be the doing of a call that was sent twice', async () => {
    const UnknownIpPermissions = [
      { IpProtocol: 'tcp', FromPort: 22, ToPort: 22, IpRanges: [{ CidrIp: '0.0.0.0/0' }] },
    ];
    const ended = async (attempts: number) => {
      const { client } = ec2Answering({ UnknownIpPermissions, $metadata: { attempts } });
      const error: unknown = await applyToGroup(
        client,
        'sg-1',
        planOf(change('revoke', 22)),
        () => {},
        signal,
      ).catch((thrown: unknown) => thrown);
      return mayHaveBeenMade(error);
    };
    expect([await ended(1), await ended(2)]).toEqual([false, true]);
  });

  it('makes at most a hundred changes a call', async () => {
    const { client, sent } = ec2Answering({});
    const changes = Array.from({ length: 250 }, (_, i) => change('revoke', i + 1));
    await applyToGroup(client, 'sg-1', planOf(...changes), () => {}, signal);
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
    await applyToGroup(client, 'sg-1', plan, () => {}, signal);
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
    await expect(applyToGroup(client, 'sg-1', plan, () => {}, signal)).rejects.toThrow(RefusedError);
    expect(sent).toEqual([]);
  });
});
