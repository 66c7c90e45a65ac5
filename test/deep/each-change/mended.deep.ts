import {
  AuthorizeSecurityGroupIngressCommand,
  CreateSecurityGroupCommand,
  RevokeSecurityGroupIngressCommand,
} from '@aws-sdk/client-ec2';
import type { Sandbox } from '../../../sandbox/sandbox';
import {
  calm,
  eventsOf,
  leaveSandbox,
  patience,
  recordsOf,
  sharedSandbox,
  until,
} from '../../end-to-end/support';

const region = 'eu-west-1';
const ssh = [{ IpProtocol: 'tcp', FromPort: 22, ToPort: 22, IpRanges: [{ CidrIp: '0.0.0.0/0' }] }];
let sandbox: Sandbox;

beforeAll(async () => {
  sandbox = await sharedSandbox();
}, patience);

afterAll(leaveSandbox);

describe('a danger that its owner mended, where the flag is off', () => {
  it(
    'closes its finding, and is told anew when the same resource is opened again',
    async () => {
      const { ec2 } = sandbox.clients('legacy', region);
      const { GroupId = '' } = await ec2.send(
        new CreateSecurityGroupCommand({ GroupName: 'on-and-off', Description: 'on and off' }),
      );
      const reported = () =>
        eventsOf(sandbox, 'report').filter(
          ({ report }) => report.finding.resourceId === GroupId && report.state === 'reported',
        ).length;
      const recordedStates = async () =>
        (await recordsOf(sandbox))
          .filter(({ identity }) => identity.resourceId === GroupId)
          .toSorted((one, other) => one.occurrence - other.occurrence)
          .map(({ state }) => state);

      await ec2.send(new AuthorizeSecurityGroupIngressCommand({ GroupId, IpPermissions: ssh }));
      await until(sandbox, 'it was reported', () => reported() === 1);
      await ec2.send(new RevokeSecurityGroupIngressCommand({ GroupId, IpPermissions: ssh }));
      await until(
        sandbox,
        'its finding was closed',
        async () => (await recordedStates())[0] === 'already-compliant',
      );

      await ec2.send(new AuthorizeSecurityGroupIngressCommand({ GroupId, IpPermissions: ssh }));
      await until(sandbox, 'it was reported again', () => reported() === 2);
      await calm(sandbox);
      expect(await recordedStates()).toEqual(['already-compliant', 'reported']);
    },
    patience,
  );
});
