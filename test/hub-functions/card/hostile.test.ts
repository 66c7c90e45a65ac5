import type { KnownBlock } from '@slack/web-api';
import fc from 'fast-check';
import type { RemediationReport } from '../../../core/report';
import type { FindingState } from '../../../core/states';
import { states } from '../../../core/states';
import type { SlackMessage } from '../../../hub-functions/card/blocks';
import { isWithinLimits } from '../../../hub-functions/card/detail';
import { digestFile } from '../../../hub-functions/card/digest-file';
import { plainMessage } from '../../../hub-functions/card/plain-message';
import { renderCard } from '../../../hub-functions/card/render-card';
import { renderList } from '../../../hub-functions/card/render-list';
import { askMessage, repliesMessage } from '../../../hub-functions/card/reply-message';
import { counted, newStorm } from '../../../hub-functions/notifier/poster/storms';
import { accounts } from '../../support/findings';
import { testNotice, testReport } from '../notifier/events';
import { checkMessage } from '../notifier/support/memory-slack';
import { cardFacts, cardOf, noticeCard, textsOf } from './support/cards';

/** Names that people have made trouble with. */
const hostile = fc.oneof(
  fc.constantFrom(
    '<!channel>',
    '<!here|here> <@U0ALICE0001> <!subteam^S0SECURITY1>',
    '<https://evil.example|Approve>',
    '<script>alert(1)</script>',
    '"><img src=x onerror=alert(1)>',
    '\u202Etxt.exe\u202C \u200F\u2067',
    'one\n*Account*\n`000`\r\n> quoted',
    '`code` *bold* _it_ ~gone~ ```block```',
    ':rotating_light: @channel #general http://evil.example',
    '&lt;!channel&gt; &amp;',
    '$'.concat('{"x"} \\" {{x}}'),
  ),
  fc.constant('ж'.repeat(300)),
  fc.constant('<&>"`'.repeat(60)),
  fc.string({ unit: 'grapheme', maxLength: 300 }),
);
const state = fc.constantFrom(...(Object.keys(states) as FindingState[]));
const decision = fc.record({
  what: fc.constantFrom('approved' as const, 'denied' as const, 'exempted' as const, 'undone' as const),
  by: hostile,
  at: fc.constant('2026-11-23T10:00:00.000Z'),
  reason: hostile,
  until: fc.constant('2026-12-23T10:00:00.000Z'),
});
const report = fc.record({
  ...{ state, severity: fc.constantFrom('critical' as const, 'low' as const), decidedBy: hostile },
  ...{ reason: hostile, errorCode: hostile, accountName: hostile, unit: hostile, owner: hostile },
  stack: hostile,
  planDigest: fc.constant('f'.repeat(49)),
  finding: fc.record({
    accountId: fc.constant(accounts.on),
    region: fc.constant('eu-west-1'),
    control: hostile.map((text) => text || 'x'),
    resourceType: hostile.map((text) => text || 'x'),
    resourceId: hostile.map((text) => text || 'x'),
  }),
  violations: fc.array(fc.record({ kind: hostile, text: hostile, detail: fc.constant({}) }), {
    maxLength: 8,
  }),
  plan: fc.record({
    changes: fc.array(fc.record({ action: hostile, text: hostile }), { maxLength: 8 }),
    lossy: fc.boolean(),
    losses: fc.array(hostile, { maxLength: 8 }),
  }),
  opened: hostile.map((text) => ({
    ...{ principal: text, kind: 'role', session: text, sourceAddress: text, tool: text },
    at: '2026-11-23T09:59:00.000Z',
  })),
});
const diff = fc.array(
  fc.record({
    kind: fc.constantFrom('goes' as const, 'comes' as const, 'stays' as const, 'heading' as const),
    text: hostile,
  }),
  { maxLength: 24 },
);
/** Reports of one account and control, each of another resource; some with what followed. */
const reports = fc
  .array(fc.tuple(report, fc.option(decision, { nil: undefined })), { minLength: 1, maxLength: 10 })
  .map((all) =>
    all.flatMap(([each, decided], number) => {
      const finding = { ...each.finding, resourceId: `${each.finding.resourceId.slice(0, 250)}-${number}` };
      const first = { ...each, finding, reportId: `${number}#1`, sequence: 1 } as Partial<RemediationReport>;
      return [
        first,
        { ...first, reportId: `${number}#2`, sequence: 2, ...(decided && { decision: decided }) },
      ];
    }),
  );
const runs = { seed: 20261127, numRuns: 60 };

/** What Slack would take for a mention, a link or a command of its own: nothing but what Staunch mentions itself. */
function checkHarmless(message: SlackMessage): void {
  checkMessage(message);
  for (const text of [message.text, ...textsOf(message.blocks)]) {
    const others = text.replace(/<@U0ALICE0001>|<!subteam\^S0SECURITY1>/g, '');
    expect(others).not.toMatch(/[<>]|[\u202A-\u202E\u2066-\u2069\u200F]/);
    expect(others).not.toMatch(/&(?!amp;|lt;|gt;)/);
    expect(others).not.toMatch(/\p{Cs}/u);
  }
  const verbatim = JSON.stringify(message.blocks).match(/"type":"mrkdwn"/g)?.length ?? 0;
  expect(JSON.stringify(message.blocks).match(/"verbatim":true/g)?.length ?? 0).toBe(verbatim);
}

/** Outside of code nothing of a stranger stands but escaped plain text: every line is ours once code is taken out of it. */
const withoutCode = (text: string) =>
  text
    .replace(/```\n[^`]*\n```/gu, '')
    .replace(/`[^`\n]*`/gu, '')
    // What a field is called: no mark within it ends the bold.
    .replace(/^\*[^*_~`\n]*\*$/gmu, '');

describe('hostile names, in every place,', () => {
  it('mention nobody, link nowhere and break nothing: in a message of findings', () => {
    fc.assert(
      fc.property(reports, diff, (all, lines) => {
        const card = cardOf(all, { diff: lines, users: ['U0ALICE0001', '<!channel>', 'U1|x>'] });
        const message = renderCard(card, cardFacts);
        checkHarmless(message);
        expect(isWithinLimits(message)).toBe(true);
        for (const text of textsOf(message.blocks.filter(({ type }) => type !== 'header'))) {
          expect(withoutCode(text)).not.toMatch(/evil|script|onerror|ж{3}/);
        }
      }),
      runs,
    );
  });

  it('in answers, reminders, and what is told in few words', () => {
    fc.assert(
      fc.property(reports, (all) => {
        const card = cardOf(all, { users: ['U0ALICE0001'] });
        if (card.replies.length > 0) checkHarmless(repliesMessage(card, cardFacts));
        checkHarmless(askMessage({ ...card, ask: { since: 'x', told: true, reminded: 1 } }, cardFacts));
        checkHarmless(plainMessage(card, cardFacts));
      }),
      runs,
    );
  });

  it('in a modal, which takes a hundred blocks', () => {
    fc.assert(
      fc.property(reports, diff, (all, lines) => {
        const card = cardOf(all, { diff: lines });
        const { blocks } = renderList({ card, cards: [card], page: 0, pages: 3 }, cardFacts);
        expect(blocks.length).toBeLessThanOrEqual(100);
        for (const block of blocks) checkHarmless({ text: 'x', blocks: [block as KnownBlock] });
      }),
      runs,
    );
  });

  it('in a digest, and in its file', () => {
    const names = fc.array(fc.tuple(hostile, hostile, hostile), { minLength: 1, maxLength: 40 });
    fc.assert(
      fc.property(names, (all) => {
        const members = all.map(([accountName, control, resourceId], number) => ({
          ...{ cardId: `c${number}`, accountId: String(100_000_000_000 + number), accountName, control },
          approvers: { users: ['U0ALICE0001'], groups: ['S0SECURITY1', 'x>'] },
          findings: [
            {
              region: 'eu-west-1',
              resourceId,
              occurrence: 1,
              state: 'waiting' as const,
              asked: true as const,
            },
          ],
        }));
        const storm = counted(newStorm(new Date(0)), members);
        const message = renderCard({ ...cardOf([]), storm }, cardFacts);
        checkHarmless(message);
        expect(isWithinLimits(message)).toBe(true);
        expect(digestFile(members, new Date(0)).split('\n')).toHaveLength(members.length + 2);
      }),
      runs,
    );
  });

  it('in a notice, with its list, and in who did what it asked for', () => {
    const text = hostile.map((said) => said.slice(0, 150) || 'x');
    fc.assert(
      fc.property(text, text, fc.array(text, { maxLength: 60 }), hostile, (title, said, lines, by) => {
        const actions = ['111111111111', '222222222222'].map((scope) => ({
          ...{ order: 'thaw' as const, scope, list: 'a'.repeat(16) },
        }));
        const card = noticeCard({ ...testNotice, title, text: said, lines, actions });
        const done = actions.map(({ scope }) => ({
          ...{ about: `thaw ${scope}`, what: said, by, at: testReport.at },
        }));
        for (const each of [card, { ...card, done: done.slice(0, 1) }, { ...card, done }]) {
          const message = renderCard(each, cardFacts);
          checkHarmless(message);
          expect(isWithinLimits(message)).toBe(true);
        }
      }),
      runs,
    );
  });
});

describe('the longest names', () => {
  it('leave every finding of a list in its message, each with a way to it', () => {
    const long = (number: number) => ({
      ...testReport,
      reportId: `r${number}`,
      state: 'waiting' as const,
      planDigest: 'f'.repeat(49),
      finding: {
        ...testReport.finding,
        control: 'c'.repeat(128),
        resourceId: `${'"\\'.repeat(120)}${number}`.padEnd(256, 'x'),
      },
    });
    const message = renderCard(cardOf(Array.from({ length: 10 }, (_, number) => long(number))), cardFacts);
    checkMessage(message);
    expect(isWithinLimits(message)).toBe(true);
    expect(JSON.stringify(message.blocks)).toContain('staunch:list');
    expect(message.blocks.filter(({ type }) => type === 'section').length).toBeGreaterThanOrEqual(12);
  });
});
