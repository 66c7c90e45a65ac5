import type { SlackMessage } from '../../../hub-functions/notifier/compose';
import { notify } from '../../../hub-functions/notifier/notifier';
import { accounts } from '../../support/findings';
import { complianceEvent, noticeEvent, reportEvent, testNotice, testReport } from './events';

function notifierOf() {
  const posted: SlackMessage[] = [];
  const seen = new Set<string>();
  const logged: string[] = [];
  const world = { slackDown: false };
  const parts = {
    hubAccountId: accounts.hub,
    titleOf: (controlId: string) => controlId,
    ruleOf: () => 'managed' as const,
    notes: {
      once: async (id: string, _now: () => Date, post: () => Promise<void>) => {
        if (seen.has(id)) return 'repeated' as const;
        await post();
        seen.add(id);
        return 'posted' as const;
      },
    },
    slack: {
      post: async (message: SlackMessage) => {
        if (world.slackDown) throw new Error('Slack is down');
        posted.push(message);
      },
    },
    log: {
      info: (message: string) => logged.push(`info ${message}`),
      warn: (message: string) => logged.push(`warn ${message}`),
    },
    now: () => new Date('2026-11-23T10:00:00.000Z'),
  };
  const tell = (event: unknown) => notify(parts, JSON.stringify(event), () => 60_000);
  return { posted, logged, world, tell };
}

describe('the notifier', () => {
  it('posts a report once, however often it comes', async () => {
    const { posted, tell } = notifierOf();
    await tell(reportEvent());
    await tell({ ...reportEvent(), id: 'another-delivery' });
    await tell(reportEvent({ ...testReport, reportId: 'another-report' }));
    expect(posted).toHaveLength(2);
  });

  it('posts changes of compliance, and drops what does not matter', async () => {
    const { posted, tell } = notifierOf();
    await tell(complianceEvent('COMPLIANT', 'NON_COMPLIANT'));
    await tell({ ...complianceEvent('COMPLIANT', 'COMPLIANT'), id: 'event-2' });
    expect(posted).toHaveLength(1);
  });

  it('drops an alarm, which reaches the same topic, instead of failing on it again and again', async () => {
    const { posted, logged, tell } = notifierOf();
    await tell({
      AlarmName: 'staunch-remediation-dead-letters',
      AlarmDescription: 'staunch-coordinator gave up on a message. Its log says why.',
      AWSAccountId: accounts.hub,
      NewStateValue: 'ALARM',
      OldStateValue: 'OK',
      NewStateReason: 'Threshold Crossed',
    });
    expect(posted).toEqual([]);
    expect(logged).toEqual(['info Dropped']);
  });

  it('posts a notice once, however often it comes', async () => {
    const { posted, tell } = notifierOf();
    await tell(noticeEvent());
    await tell({ ...noticeEvent(), id: 'another-delivery' });
    await tell(noticeEvent({ ...testNotice, noticeId: 'another-notice' }));
    expect(posted).toHaveLength(2);
  });

  it('drops a forged notice, and says so in the log', async () => {
    const { posted, logged, tell } = notifierOf();
    await tell(noticeEvent(testNotice, accounts.on));
    expect(posted).toEqual([]);
    expect(logged).toEqual(['warn Dropped']);
  });

  it('drops a forged report, and says so in the log', async () => {
    const { posted, logged, tell } = notifierOf();
    await tell(reportEvent(testReport, accounts.on));
    expect(posted).toEqual([]);
    expect(logged).toEqual(['warn Dropped']);
  });

  it('keeps a message while Slack is down, and posts it later', async () => {
    const { posted, world, tell } = notifierOf();
    world.slackDown = true;
    await expect(tell(reportEvent())).rejects.toThrow('Slack is down');
    world.slackDown = false;
    await tell(reportEvent());
    expect(posted).toHaveLength(1);
  });
});
