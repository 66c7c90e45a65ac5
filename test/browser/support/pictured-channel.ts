import type { KnownBlock } from '@slack/web-api';
import { control as openPorts } from '../../../controls/security-group-open-ports';
import { planDigest } from '../../../core/plan-digest';
import type { RemediationReport } from '../../../core/report';
import type { SlackMessage } from '../../../hub-functions/card/blocks';
import { nextStep, type StepFacts } from '../../../hub-functions/notifier/poster/next-step';
import { toldReport } from '../../../hub-functions/notifier/told-report';
import { type Card, emptyCard, type Storm } from '../../../ledger/cards/card';
import { withReport } from '../../../ledger/cards/with-report';
import { securityGroup } from '../../../resources/security-group';
import type { SlackStandIn } from '../../../sandbox/slack/slack';
import { channel, clientOf, HandClock } from '../../sandbox/slack/support/stand-in';
import { testPolicy } from '../../support/findings';

const accountId = '222222222222';
const resourceId = 'sg-0a1b2c3d4e5f60718';
const place = { accountId, path: [{ id: 'r-abcd' }] };
const policy = {
  ...testPolicy,
  slack: { ...testPolicy.slack, team: 'T0123456789', app: 'A0123456789' },
  people: {
    entries: [
      { who: [{ slackGroup: 'S0SECURITY1' }], may: ['approve' as const], source: 'organization.yaml:30' },
    ],
    twoPersons: [],
  },
};

/** SSH and a database for everybody, beside what has to stay. */
const group = securityGroup.fromApi({
  GroupId: resourceId,
  GroupName: 'payments-web',
  VpcId: 'vpc-0123456789abcdef0',
  IpPermissions: [
    rule(22, '0.0.0.0/0', 'debugging, remove me'),
    rule(22, '10.20.0.0/16', 'bastion'),
    rule(443, '0.0.0.0/0', 'the shop'),
    rule(5432, '0.0.0.0/0', 'from home'),
  ],
});

function rule(port: number, CidrIp: string, Description: string) {
  return { IpProtocol: 'tcp', FromPort: port, ToPort: port, IpRanges: [{ CidrIp, Description }] };
}

/** A finding of an open group in an account that waits for approvals, as the coordinator reports it. */
function report(more: Partial<RemediationReport>): RemediationReport {
  const parameters = openPorts.parameters.parse({});
  const { violations } = openPorts.evaluate(group, parameters);
  const plan = openPorts.plan(group, violations, parameters);
  const finding = {
    accountId,
    region: 'eu-west-1',
    control: openPorts.id,
    resourceType: openPorts.resourceType,
    resourceId,
  };
  return {
    version: 1,
    reportId: `${resourceId}#1`,
    sequence: 1,
    finding,
    occurrence: 1,
    attempt: 1,
    state: 'waiting',
    flag: 'approval',
    decidedBy: '/Workloads/Production (organization.yaml:24)',
    severity: openPorts.severity,
    violations,
    plan,
    planDigest: planDigest(plan),
    accountName: 'payments-prod',
    unit: '/Workloads/Production',
    detector: 'trail',
    opened: {
      principal: `arn:aws:iam::${accountId}:role/Developer`,
      kind: 'identity-center',
      session: 'mallory@example.com',
      sourceAddress: '203.0.113.7',
      at: '2026-11-23T09:03:31.000Z',
      tool: 'console',
    },
    owner: 'team-payments',
    receivedAt: '2026-11-23T09:03:38.000Z',
    at: '2026-11-23T09:03:41.000Z',
    ...more,
  };
}

/** What a channel shows in pictures, posted to a stand-in in the steps in which the poster does it. */
export class PicturedChannel {
  /** The clock of the stand-in, so that each picture is the same. */
  static clock(): HandClock {
    const clock = new HandClock();
    clock.time = Date.parse('2026-11-23T09:03:42.000Z');
    return clock;
  }

  constructor(
    private readonly slack: SlackStandIn,
    private readonly clock: HandClock,
  ) {}

  /** A finding that waits. */
  waiting(): Promise<Card> {
    return this.post(this.told(emptyCard(channel, 'waiting', new Date(this.clock.time)), report({})));
  }

  /** One that was approved, and is fixed. */
  async fixed(): Promise<Card> {
    const card = await this.waiting();
    this.clock.time += 72_000;
    const at = new Date(this.clock.time).toISOString();
    const decision = { what: 'approved' as const, by: 'Alice Example (Slack U0ALICE0001)', at };
    const fixed = report({ reportId: `${resourceId}#2`, sequence: 2, state: 'fixed', decision, at });
    return this.post(this.told(card, fixed));
  }

  /** Very many at once. */
  storm(): Promise<Card> {
    const row = (account: string, control: string, states: Storm['rows'][number]['states']) => {
      const [accountName = '', id = ''] = account.split(' ');
      return { accountId: id, accountName, control, states };
    };
    const storm: Storm = {
      since: '2026-11-23T09:00:02.000Z',
      lastAt: '2026-11-23T09:03:40.000Z',
      findings: 412,
      accounts: 3,
      severity: 'critical',
      states: { failed: 2, waiting: 168, reported: 31, fixed: 211 },
      rows: [
        row(`payments-prod ${accountId}`, 's3-public-access', { waiting: 121, fixed: 57 }),
        row('analytics 333333333333', 'security-group-open-ports', { failed: 2, waiting: 47, fixed: 96 }),
        row('legacy 444444444444', 'sns-public-policy', { reported: 31 }),
        row('analytics 333333333333', 'kms-public-policy', { fixed: 58 }),
      ],
      moreRows: 0,
      approvers: { users: [], groups: ['S0SECURITY1'] },
    };
    return this.post({ ...emptyCard(channel, 'storm', new Date(this.clock.time)), storm });
  }

  private told(card: Card, each: RemediationReport): Card {
    return withReport(card, toldReport(each, place, policy), false).card;
  }

  /** All that the poster does now. */
  private async post(card: Card): Promise<Card> {
    const { chat } = clientOf(this.slack);
    let current = card;
    for (;;) {
      const step = nextStep(current, this.facts());
      if (step.do === 'rest' || step.do === 'file') return current;
      const content = contentOf(step.message);
      if (step.do === 'post') {
        const { ts = '' } = await chat.postMessage({ channel, ...content });
        // The first message mentions whoever is asked.
        current = { ...current, ts, ...(current.ask && { ask: { ...current.ask, told: true } }) };
      } else if (step.do === 'update') {
        await chat.update({ channel, ts: current.ts ?? '', ...content });
      } else {
        await chat.postMessage({ channel, thread_ts: current.ts ?? '', ...content });
      }
      if ('shown' in step) current = { ...current, shown: step.shown };
      if (step.do === 'reply') current = { ...current, replies: [] };
    }
  }

  private facts(): StepFacts {
    return {
      titleOf: () => openPorts.title,
      hasButtons: true,
      now: new Date(this.clock.time),
      isStormy: false,
      expireMinutes: 24 * 60,
    };
  }
}

function contentOf({ text, blocks }: SlackMessage): { text: string; blocks: KnownBlock[] } {
  return { text, blocks };
}
