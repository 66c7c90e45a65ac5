import { once } from 'node:events';
import { createServer, type Server } from 'node:http';
import type { AddressInfo } from 'node:net';
import { control } from '../../../controls/security-group-open-ports';
import { stateDigest } from '../../../core/state-digest';
import { applyFix } from '../../../hub-functions/remediation/apply';
import { planFix } from '../../../hub-functions/remediation/plan';
import { securityGroupAdapter } from '../../../resources/security-group/adapter';

const groupId = 'sg-0123456789abcdef0';
const permission =
  '<item><ipProtocol>tcp</ipProtocol><fromPort>22</fromPort><toPort>22</toPort><ipRanges><item><cidrIp>0.0.0.0/0</cidrIp></item></ipRanges></item>';
const rule =
  '<item><securityGroupRuleId>sgr-1</securityGroupRuleId><isEgress>false</isEgress><ipProtocol>tcp</ipProtocol><fromPort>22</fromPort><toPort>22</toPort><cidrIpv4>0.0.0.0/0</cidrIpv4></item>';

/** An EC2 that makes a revocation, and breaks the connection before it says so. */
class ForgetfulEc2 {
  isOpen = true;
  /** How many more answers of DescribeSecurityGroupRules are from before the group had its rule. */
  lateRules = 0;
  revocations = 0;
  private readonly server: Server = createServer(async (request, response) => {
    let body = '';
    for await (const chunk of request) body += chunk;
    const action = new URLSearchParams(body).get('Action') ?? '';
    if (action === 'RevokeSecurityGroupIngress' && ++this.revocations === 1) {
      this.isOpen = false;
      request.socket.destroy();
      return;
    }
    const content = this.answer(action);
    response.statusCode = content === undefined ? 400 : 200;
    response.setHeader('content-type', 'text/xml');
    response.end(
      content === undefined
        ? '<Response><Errors><Error><Code>InvalidPermission.NotFound</Code><Message>It is not there.</Message></Error></Errors><RequestID>1</RequestID></Response>'
        : `<${action}Response xmlns="http://ec2.amazonaws.com/doc/2016-11-15/">${content}</${action}Response>`,
    );
  });

  async listen(): Promise<void> {
    this.server.listen(0, '127.0.0.1');
    await once(this.server, 'listening');
  }

  get endpoint(): string {
    return `http://127.0.0.1:${(this.server.address() as AddressInfo).port}`;
  }

  close(): void {
    this.server.closeAllConnections();
    this.server.close();
  }

  private answer(action: string): string | undefined {
    const group = `<groupId>${groupId}</groupId><groupName>g</groupName><ownerId>111122223333</ownerId>`;
    const permissions = `<ipPermissions>${this.isOpen ? permission : ''}</ipPermissions>`;
    if (action === 'DescribeSecurityGroups')
      return `<securityGroupInfo><item>${group}${permissions}</item></securityGroupInfo>`;
    if (action !== 'DescribeSecurityGroupRules') return undefined;
    const isLate = this.lateRules-- > 0;
    return `<securityGroupRuleSet>${this.isOpen && !isLate ? rule : ''}</securityGroupRuleSet>`;
  }
}

let ec2: ForgetfulEc2;
beforeEach(async () => {
  ec2 = new ForgetfulEc2();
  await ec2.listen();
});
afterEach(() => ec2.close());

async function fix() {
  const live = securityGroupAdapter({ endpoint: ec2.endpoint }).open({
    finding: {
      accountId: '111122223333',
      region: 'eu-west-1',
      control: control.id,
      resourceType: control.resourceType,
      resourceId: groupId,
    },
    credentials: { accessKeyId: 'AKIDTEST', secretAccessKey: 'secret', sessionToken: 'token' },
    signal: new AbortController().signal,
    mayWrite: async () => {},
  });
  const common = { control, parameters: control.parameters.parse({}), live, pause: async () => {} };
  const planned = await planFix(common);
  const { plan, state } = planned;
  const result =
    plan && state !== undefined
      ? await applyFix({
          ...common,
          fix: { plan, state: stateDigest(state) },
          applyLossy: false,
          unfinished: [],
        })
      : planned;
  live.close();
  return { result, planned };
}

describe('fixing a security group through a bad connection', () => {
  it('knows a revocation for its own that the SDK sent twice, and AWS had made the first time', async () => {
    const { result } = await fix();

    expect(ec2.revocations).toBe(2);
    expect(result).toMatchObject({
      outcome: 'fixed',
      violations: [{ kind: 'open-port' }],
      plan: { changes: [{ action: 'revoke', fromPort: 22 }] },
    });
    expect(result.reason).toContain('whose answer was lost');
    expect(result.step).toEqual({ made: [], unsure: true });
  });

  it('plans from no state whose rules are older than the group', async () => {
    ec2.lateRules = 2;
    const { result, planned } = await fix();

    expect(result.outcome).toBe('fixed');
    expect(planned.state).toMatchObject({ ingressRules: [{ SecurityGroupRuleId: 'sgr-1' }] });
  });

  it('fails, and plans and writes nothing, where the two go on to disagree', async () => {
    ec2.lateRules = 100;
    const { result, planned } = await fix();

    expect(result).toMatchObject({ outcome: 'failed', applied: 0 });
    expect(result.reason).toContain(`AWS answers other rules for ${groupId}`);
    expect([planned.plan, planned.state, ec2.revocations]).toEqual([undefined, undefined, 0]);
  });
});
