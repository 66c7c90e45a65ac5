import {
  AuthorizeSecurityGroupIngressCommand,
  CreateSecurityGroupCommand,
  CreateVpcCommand,
  EC2Client,
  type IpPermission,
} from '@aws-sdk/client-ec2';
import * as z from 'zod/mini';
import type { CustomControl } from '../../../controls/control';
import { customControls } from '../../../controls/registry';
import type { Change } from '../../../core/plan';
import { deadlineIn } from '../../../hub-functions/remediation/deadline';
import type { Reading } from '../../../resources/kit/live-resource';
import { securityGroupAdapter } from '../../../resources/security-group/adapter';
import type { SecurityGroup } from '../../../resources/security-group/model';
import { planUndo } from '../../../resources/security-group/undo';
import type { Moto } from '../../../sandbox/moto/moto';
import { startTestMoto } from '../../support/moto';

const region = 'eu-west-1';
const credentials = { accessKeyId: 'AKIDTEST', secretAccessKey: 'secret', sessionToken: 'token' };
let moto: Moto;
let ec2: EC2Client;

beforeAll(async () => {
  moto = await startTestMoto();
  ec2 = new EC2Client({ region, credentials, endpoint: moto.endpoint });
}, 60_000);
afterAll(async () => {
  ec2.destroy();
  await moto.stop();
});

async function groupWith(...IpPermissions: IpPermission[]): Promise<string> {
  const { Vpc } = await ec2.send(new CreateVpcCommand({ CidrBlock: '10.0.0.0/16' }));
  const { GroupId = '' } = await ec2.send(
    new CreateSecurityGroupCommand({ GroupName: 'open', Description: 'open', VpcId: Vpc?.VpcId }),
  );
  await ec2.send(new AuthorizeSecurityGroupIngressCommand({ GroupId, IpPermissions }));
  return GroupId;
}

const controlOf = (id: string): CustomControl => {
  const control = customControls.find((candidate) => candidate.id === id);
  if (!control) throw new Error(`There is no control ${id}.`);
  return control;
};
const [openPorts, wideOpen] = ['security-group-open-ports', 'security-group-wide-open'].map(controlOf);

const liveGroup = (resourceId: string) =>
  securityGroupAdapter({ endpoint: moto.endpoint }).open({
    finding: {
      accountId: '123456789012',
      region,
      control: '',
      resourceType: 'AWS::EC2::SecurityGroup',
      resourceId,
    },
    credentials,
    signal: deadlineIn(30_000),
    mayWrite: async () => {},
  });

async function read(live: ReturnType<typeof liveGroup>): Promise<Reading<SecurityGroup>> {
  const reading = await live.read();
  if (reading === 'gone') throw new Error('The group is gone.');
  return reading;
}

/** Fixes by a control, and returns what an undo needs. */
async function fix(live: ReturnType<typeof liveGroup>, control: CustomControl | undefined) {
  if (!control) throw new Error('There is no control.');
  const parameters = z.parse(control.parameters, {});
  const reading = await read(live);
  const { violations } = control.evaluate(reading.resource, parameters);
  const plan = control.plan(reading.resource, violations, parameters);
  const made: Change[] = [];
  await live.apply(plan, reading, (changes) => made.push(...changes));
  const after = await read(live);
  return {
    plan,
    compliance: control.evaluate(after.resource, parameters).compliance,
    history: {
      steps: [{ before: reading.before, changes: plan.changes, made }] as const,
      after: after.before,
    },
  };
}

/** The rules in any order. */
const meaningOf = ({ resource }: Reading<SecurityGroup>) =>
  resource.ingress.map((rule) => JSON.stringify(rule)).sort();

describe('a live group that lets all traffic in from everywhere', () => {
  it('is fixed by one control after the other, read whole each time, and undone to what it was', async () => {
    const groupId = await groupWith({
      IpProtocol: '-1',
      IpRanges: [{ CidrIp: '0.0.0.0/0', Description: 'for now' }],
    });
    const live = liveGroup(groupId);
    const before = await read(live);

    const first = await fix(live, openPorts);
    const between = await read(live);
    const second = await fix(live, wideOpen);

    expect([first.compliance, first.plan.lossy]).toEqual(['COMPLIANT', false]);
    expect([second.compliance, second.plan.lossy]).toEqual(['COMPLIANT', true]);
    for (const { history } of [second, first]) {
      const undo = planUndo(history, (await read(live)).before);
      if (undo.kind !== 'undo') throw new Error(undo.differences.join(' '));
      await live.applyUndo(undo.changes, () => {});
      const back = await read(live);
      const expected = history === second.history ? between : before;
      expect(meaningOf(back)).toEqual(meaningOf(expected));
    }
    expect(meaningOf(await read(live))).toEqual(meaningOf(before));
    live.close();
  }, 60_000);
});
