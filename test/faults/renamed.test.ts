import type { CompiledPolicy } from '../../config/compiled';
import { control } from '../../controls/security-group-open-ports';
import { type FindingIdentity, findingKey } from '../../core/finding';
import { ledgerTableName } from '../../core/names';
import { type Notice, noticeDetailType } from '../../core/notice';
import type { FindingRecord } from '../../ledger/findings/record';
import { parseFindingRecord } from '../../ledger/findings/record-item';
import { securityGroupAdapter } from '../../resources/security-group/adapter';
import { messageFor, testPolicy } from '../support/findings';
import type { InMemoryAws } from './aws/in-memory-aws';
import { Hub } from './hub';
import { awsWithLedger } from './support';

const [payments, website, bystander] = ['300000000001', '300000000002', '300000000003'];
const [prod, sandbox] = ['ou-root-prod0000', 'ou-root-sandbox0'];
const line = (flag: 'on' | 'off') => ({ flag, source: 'organization.yaml:12', controls: {} });

/** A hub whose policy names accounts and organizational units by their names. */
class Named {
  readonly aws: InMemoryAws = awsWithLedger();
  hub: Hub;
  private groups = 0;

  constructor(private policy: Partial<CompiledPolicy>) {
    const { organizations } = this.aws;
    organizations.addUnit(prod, 'Prod');
    organizations.addUnit(sandbox, 'Sandbox');
    organizations.addAccount(payments, 'payments', prod);
    organizations.addAccount(website, 'website', sandbox);
    organizations.addAccount(bystander, 'bystander', sandbox);
    this.hub = this.newHub();
  }

  /** Some policy is deployed. */
  deploy(policy: Partial<CompiledPolicy>): void {
    this.policy = policy;
    this.hub = this.newHub();
  }

  /** Something opens in an account. @returns what becomes of it */
  async danger(accountId: string): Promise<() => FindingRecord> {
    this.groups += 1;
    const resourceId = `sg-${String(this.groups).padStart(17, '0')}`;
    const open = { IpProtocol: 'tcp', FromPort: 22, ToPort: 22, IpRanges: [{ CidrIp: '0.0.0.0/0' }] };
    this.aws.ec2.createGroup(resourceId, { accountId, permissions: [open] });
    const { id, resourceType } = control;
    const identity: FindingIdentity = {
      accountId,
      region: 'eu-west-1',
      control: id,
      resourceType,
      resourceId,
    };
    await this.hub.message(messageFor(identity));
    return () => {
      const items = this.aws.dynamoDb.peek(ledgerTableName);
      const item = items.find(({ finding, record }) => {
        return finding === findingKey(identity) && record === 'occurrence#000001';
      });
      return parseFindingRecord(item ?? {}, ledgerTableName);
    };
  }

  get notices(): Notice[] {
    const { events } = this.aws.eventBridge;
    return events
      .filter((event) => event.detailType === noticeDetailType)
      .map(({ detail }) => detail as Notice);
  }

  private newHub(): Hub {
    const parameterDefaults = { [control.id]: {} };
    return new Hub(this.aws, { ...testPolicy, accounts: {}, parameterDefaults, ...this.policy }, [
      securityGroupAdapter(),
    ]);
  }
}

async function played(policy: Partial<CompiledPolicy>, play: (named: Named) => Promise<void>): Promise<void> {
  const named = new Named(policy);
  const restore = named.aws.install();
  try {
    await play(named);
  } finally {
    restore();
  }
}

const offByName = { default: line('on'), accounts: { payments: line('off') } };

it('leaves a renamed account alone that the policy names, and goes on everywhere else', () =>
  played(offByName, async (named) => {
    await named.danger(bystander);
    named.aws.organizations.addAccount(payments, 'renamed', prod);
    await named.hub.goOn(6);
    expect((await named.danger(payments))().state).toBe('reported');
    expect((await named.danger(bystander))().state).toBe('fixed');
    expect(named.notices.map(({ title }) => title)).toEqual([
      'A name of the policy is not what it was: payments',
    ]);
    await named.hub.goOn(10);
    expect(named.notices).toHaveLength(1);
  }));

it('fixes nothing in an account that was allowed by its name, and lost it, until the policy is corrected', () =>
  played({ accounts: { payments: line('on') } }, async (named) => {
    await named.danger(payments);
    named.aws.organizations.addAccount(payments, 'renamed', prod);
    await named.hub.goOn(6);
    const found = await named.danger(payments);
    expect(found()).toMatchObject({ state: 'held', heldBy: 'names', waitsFor: `names#${payments}` });
    await named.hub.goOn(1);
    expect(found().state).toBe('held');
    named.deploy({ accounts: { [payments]: line('on') } });
    await named.hub.goOn(1);
    expect(found().state).toBe('fixed');
  }));

it('goes on with a renamed account by itself when it has its name back', () =>
  played({ accounts: { payments: line('on') } }, async (named) => {
    await named.danger(payments);
    named.aws.organizations.addAccount(payments, 'renamed', prod);
    await named.hub.goOn(6);
    const found = await named.danger(payments);
    named.aws.organizations.addAccount(payments, 'payments', prod);
    await named.hub.goOn(6);
    expect(found().state).toBe('fixed');
  }));

it.each([
  ['after its bearer was renamed', 'renamed'],
  ['beside its bearer', 'payments'],
])('gives an account that takes a name %s nothing of the line, until a policy is deployed', (_when, other) =>
  played(offByName, async (named) => {
    await named.danger(bystander);
    named.aws.organizations.addAccount(payments, other, prod);
    named.aws.organizations.addAccount(website, 'payments', sandbox);
    await named.hub.goOn(6);
    expect((await named.danger(website))().state).toBe('fixed');
    expect((await named.danger(payments))().state).toBe('reported');
    expect(named.notices[0]?.text).toContain(`(${website}) is named so now, and gets nothing of that line.`);
    if (other === 'payments') return;
    named.deploy({ ...offByName, slack: { ...testPolicy.slack, channel: 'C9999999999' } });
    await named.hub.goOn(1);
    expect((await named.danger(website))().state).toBe('reported');
    expect((await named.danger(payments))().state).toBe('fixed');
  }),
);

it('means the same organizational unit by a path, whatever lies there later', () =>
  played({ organizationalUnits: { '/Prod': line('on') } }, async (named) => {
    expect((await named.danger(payments))().state).toBe('fixed');
    named.aws.organizations.addUnit(prod, 'Production');
    named.aws.organizations.addUnit(sandbox, 'Prod');
    await named.hub.goOn(6);
    expect((await named.danger(website))().state).toBe('reported');
    expect((await named.danger(payments))()).toMatchObject({ state: 'held', waitsFor: `names#${prod}` });
  }));

it('stops everything for a name that nothing ever bore', () =>
  played({ default: line('on'), accounts: { paiments: line('off') } }, async (named) => {
    const found = await named.danger(bystander);
    expect(found()).toMatchObject({ state: 'held', heldBy: 'names', waitsFor: 'names' });
    named.deploy({ default: line('on') });
    await named.hub.goOn(1);
    expect(found().state).toBe('fixed');
  }));
