import type { SlackMessage } from '../../../hub-functions/notifier/compose';
import { notify } from '../../../hub-functions/notifier/notifier';
import { RefusedMessageError } from '../../../hub-functions/notifier/slack-channel';
import { accounts } from '../../support/findings';
import { complianceEvent, noticeEvent, reportEvent, testNotice, testReport } from './events';

function notifierOf() {
  const posted: SlackMessage[] = [];
  const seen = new Set<string>();
  const logged: string[] = [];
  const aside: { body: string; why: string }[] = [];
  const world = { slackDown: false, queueDown: false, refused: false };
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
        if (world.refused) throw new RefusedMessageError('Slack refuses the message as it is: msg_too_long');
        posted.push(message);
      },
    },
    deadLetters: {
      put: async (body: string, why: string) => {
        if (world.queueDown) throw new Error('SQS is down');
        aside.push({ body, why });
      },
    },
    log: {
      info: (message: string) => logged.push(`info ${message}`),
      warn: (message: string) => logged.push(`warn ${message}`),
      error: (message: string) => logged.push(`error ${message}`),
    },
    now: () => new Date('2026-11-23T10:00:00.000Z'),
  };
  const tell = (event: unknown) => notify(parts, JSON.stringify(event), () => 60_000);
  return { posted, logged, aside, world, tell };
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

  it.each([
    ['absent', undefined],
    ['null', null],
  ])(
    'drops and counts a change of compliance whose new verdict is %s, instead of trying it for days',
    async (_what, newEvaluationResult) => {
      const { posted, logged, aside, tell } = notifierOf();
      await tell(complianceEvent('NON_COMPLIANT', 'COMPLIANT', { newEvaluationResult }));
      expect({ posted, aside }).toEqual({ posted: [], aside: [] });
      expect(logged).toEqual(['warn Dropped an event that cannot be read']);
    },
  );

  it.each([
    [
      'a report of the hub that this version cannot read',
      reportEvent({ ...testReport, version: 2 }),
      /version/,
    ],
    ['a notice of the hub without text', noticeEvent({ ...testNotice, text: undefined }), /text/],
    ['what is no event', { Message: 'hello' }, /not an event/],
  ])('makes %s a dead letter at once, since it may be a report', async (_what, event, why) => {
    const { posted, logged, aside, tell } = notifierOf();
    await tell(event);
    expect(posted).toEqual([]);
    expect(aside).toEqual([{ body: JSON.stringify(event), why: expect.stringMatching(why) }]);
    expect(logged).toEqual(['error A message can never be told, and is a dead letter now']);
  });

  it('makes a report that Slack refuses as it is a dead letter at once, and can post it after that is mended', async () => {
    const { posted, aside, world, tell } = notifierOf();
    world.refused = true;
    await tell(reportEvent());
    expect(aside).toEqual([
      { body: JSON.stringify(reportEvent()), why: expect.stringContaining('msg_too_long') },
    ]);
    world.refused = false;
    await tell(reportEvent());
    expect(posted).toHaveLength(1);
  });

  it('keeps what it cannot read in its queue while the dead letters cannot be reached', async () => {
    const { aside, world, tell } = notifierOf();
    world.queueDown = true;
    await expect(tell({ Message: 'hello' })).rejects.toThrow('SQS is down');
    expect(aside).toEqual([]);
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
