import fc from 'fast-check';
import { control as sqsPublicPolicy } from '../../../controls/sqs-public-policy';
import type { Notice } from '../../../core/notice';
import type { RemediationReport } from '../../../core/report';
import { type FindingState, states } from '../../../core/states';
import { utc } from '../../../core/utc';
import { plainMessage } from '../../../hub-functions/card/plain-message';
import { renderCard } from '../../../hub-functions/card/render-card';
import { askMessage, repliesMessage } from '../../../hub-functions/card/reply-message';
import type { BusEvent } from '../../../hub-functions/notifier/event';
import { counted, newStorm } from '../../../hub-functions/notifier/poster/storms';
import { select } from '../../../hub-functions/notifier/select';
import type { DigestMember } from '../../../ledger/cards/members';
import { accounts, testPlan, testViolation } from '../../support/findings';
import { complianceEvent, testNotice, testReport } from '../notifier/events';
import { cardFacts, cardOf, noticeCard, textsOf as texts } from './support/cards';

const facts = { ...cardFacts, hasButtons: false };
const composed = (report: Partial<RemediationReport> = {}) => renderCard(cardOf([report]), facts);
const changeOf = (event: BusEvent) => {
  const selection = select(event, accounts.hub, () => 'managed');
  if (!('note' in selection) || selection.note.kind !== 'compliance') throw new Error('dropped');
  return selection.note.change;
};
const composedChange = (from: string | undefined, to: string) =>
  renderCard({ ...cardOf([]), change: changeOf(complianceEvent(from, to)) }, facts);
/** Somebody all of whose texts are the same. */
const openedBy = (text: string) => ({
  principal: text,
  kind: 'identity-center',
  session: text,
  sourceAddress: text,
  at: '2026-11-23T09:59:00.000Z',
  tool: text,
});
describe('a report in Slack', () => {
  it('says what happened, where, what was wrong, what was changed and who decided', () => {
    const message = composed();
    expect(message.text).toBe(
      '🟢 Fixed · critical · 222222222222: Open ports: sg-0123456789abcdef0, 222222222222, eu-west-1',
    );
    const all = texts(message.blocks).join('\n');
    for (const part of [
      '🟢 Fixed · critical · 222222222222: Open ports',
      '`222222222222`',
      '`eu-west-1`',
      '*AWS::EC2::SecurityGroup*\n`sg-0123456789abcdef0`',
      '*What was dangerous*\n• `Port 22 is open to the internet.`',
      '*What was changed*\n• `Take 0.0.0.0/0 off port 22.`',
      '`on: account 222222222222 (organization.yaml:12)`',
      '*Open since*\n`2026-11-23 10:00 UTC`',
    ]) {
      expect(all).toContain(part);
    }
  });

  it('has the number of looks only where they came to nothing: a decision takes looks, too', () => {
    const shown = (state: FindingState) =>
      texts(composed({ state, attempt: 4 }).blocks).some((text) => /\b(look|attempt) 4\b/.test(text));
    expect((Object.keys(states) as FindingState[]).filter(shown)).toEqual(['failed', 'given-up']);
  });

  it('names the account and its unit, where the hub knows what they are called', () => {
    const message = composed({ accountName: 'payments-prod', unit: '/Workloads/Prod' });
    expect(message.text).toContain('222222222222, eu-west-1');
    const all = texts(message.blocks).join('\n');
    expect(all).toContain('*Account*\n`payments-prod (222222222222)`');
    expect(all).toContain('*Unit*\n`/Workloads/Prod`');
  });

  it('says in its first line, and in what a phone shows, how bad it is and in which account', () => {
    const named = { state: 'waiting', severity: 'high', accountName: 'payments-prod' } as const;
    const one = '🟡 Waiting for approval · high · payments-prod: Open ports';
    const card = cardOf([named], { users: ['U0ALICE0001'] });
    const list = cardOf([
      named,
      { ...named, reportId: 'r2', finding: { ...testReport.finding, resourceId: 'sg-2' } },
    ]);
    const working = { what: 'approve', by: 'Alice', at: card.createdAt, until: '2026-11-23T11:00:00.000Z' };
    const worked = { ...card, findings: card.findings.map((shown) => ({ ...shown, working })) };
    for (const [shown, title] of [
      [card, one],
      [list, '🟡 2 findings · high · payments-prod: Open ports'],
      [worked, '⏳ Working on it · high · payments-prod: Open ports'],
    ] as const) {
      const { text, blocks } = renderCard(shown, cardFacts);
      expect(texts(blocks)[0]).toBe(title);
      expect(text.startsWith(title)).toBe(true);
    }
    expect(plainMessage(card, cardFacts).text).toBe(one);
    const told = cardOf([named, { ...named, reportId: 'r2', sequence: 2, state: 'fixed' }]);
    expect(repliesMessage(told, cardFacts).text).toBe('🟢 Fixed · high · payments-prod: Open ports');
    expect(askMessage(card, cardFacts).text).toBe(
      '🟡 This waits for a decision · high · payments-prod: Open ports',
    );
  });

  it('says of a storm how bad its worst is, and of one account its name', () => {
    const member = {
      cardId: 'c',
      accountId: '222222222222',
      accountName: 'payments-prod',
      control: 'x',
      approvers: { users: ['U0ALICE0001'], groups: [] },
      findings: [{ region: 'eu-west-1', resourceId: 'sg-1', occurrence: 1, state: 'waiting' as const }],
    };
    const titleOf = (...members: DigestMember[]) => {
      const storm = counted(newStorm(new Date(0)), members);
      const card = { ...cardOf([]), storm };
      return [texts(renderCard(card, cardFacts).blocks)[0], askMessage(card, cardFacts).text];
    };
    const low = { ...member, severity: 'low' as const };
    const other = { ...member, accountId: '333333333333', severity: 'high' as const };
    expect(titleOf(low, low)[0]).toBe('🟡 2 findings at once · low at worst, in payments-prod');
    expect(titleOf(low, other)).toEqual([
      '🟡 2 findings at once · high at worst, in 2 accounts',
      '🟡 2 of these wait for a decision · high at worst: many findings',
    ]);
    // What versions before wrote says nothing of it.
    expect(titleOf(member)[0]).toBe('🟡 1 findings at once, in payments-prod');
  });

  it('keeps the first line short, however an account is called, and the control in it', () => {
    const { text, blocks } = composed({ accountName: `<!channel>\n${'x'.repeat(200)}` });
    expect(texts(blocks)[0]).toBe(`🟢 Fixed · critical · &lt;!channel&gt; ${'x'.repeat(28)}…: Open ports`);
    expect(text).not.toMatch(/[<>\n]/);
  });

  it('says what found it, who opened it, and what to change where a tool keeps it as code', () => {
    const opened = {
      principal: 'arn:aws:iam::222222222222:role/deploy',
      kind: 'role',
      session: 'ci-7',
      sourceAddress: '192.0.2.17',
      at: '2026-11-23T09:59:00.000Z',
      tool: 'Terraform',
    };
    const all = texts(composed({ detector: 'trail', opened }).blocks).join('\n');
    expect(all).toContain('*Found by*\n`trail`');
    expect(all).toContain(
      '*Opened by*\n`arn:aws:iam::222222222222:role/deploy, session ci-7, with Terraform, from 192.0.2.17, 2026-11-23 09:59 UTC`',
    );
    expect(all).toContain('*Lasting fix*\n• `Terraform opened it: change it there as well');
    expect(texts(composed().blocks).join('\n')).not.toMatch(/Found by|Opened by|Lasting fix/);
  });

  it.each([
    ['waiting', ['show', 'approve', 'deny']],
    ['denied', ['show', 'approve']],
    ['fixed', ['show', 'undo']],
    ['failed', ['show', 'retry']],
    ['given-up', ['show', 'retry']],
    ['reported', ['show']],
    ['held', ['show']],
  ] as const)('gives, for what is %s, the commands to %j it', (state, actions) => {
    const name = `${accounts.on}#eu-west-1#security-group-open-ports#sg-0123456789abcdef0#1`;
    const filled: Record<string, string> = { deny: ' --reason WHY', undo: ' --reason WHY --until WHEN' };
    const labels: Record<string, string> = { undo: 'undo (exposes the resource again)' };
    const commands = actions.map(
      (action) =>
        `• ${labels[action] ?? action}: \`npm run -s staunch -- ${action} '${name}'${filled[action] ?? ''}\``,
    );
    const section = texts(composed({ state }).blocks).find((text) => text.startsWith('*Commands*'));
    expect(section).toBe(['*Commands*', ...commands].join('\n'));
  });

  it('accepts in the command to approve the loss that it shows', () => {
    const plan = { ...testPlan, lossy: true, losses: ['Port 22 from 10.0.0.0/8'] };
    expect(texts(composed({ state: 'waiting', plan }).blocks).join('\n')).toMatch(
      /approve '\S+' --accept-loss`/,
    );
  });

  it.each([
    "photos' $(reboot) '",
    'photos`reboot`',
    'photos; reboot',
    'photos\nreboot',
    'photos\\',
    'ph\u2028otos',
  ])('gives no command to copy for a resource that is called %j', (resourceId) => {
    const finding = { ...testReport.finding, resourceId };
    expect(texts(composed({ finding }).blocks).join('\n')).not.toContain('*Commands*');
  });

  it('shows a plan that was not made as what would be', () => {
    expect(texts(composed({ state: 'reported' }).blocks).join('\n')).toContain('*What would be changed*');
  });

  it.each([
    ['waiting', 'What will be changed, once it is approved'],
    ['denied', 'What was decided against'],
    ['held', 'What waits to be changed'],
    ['failed', 'What was to be changed'],
  ] as const)('calls the plan of what is %s: %s', (state, heading) => {
    expect(texts(composed({ state }).blocks).join('\n')).toContain(
      `*${heading}*\n• \`${testPlan.changes[0]?.text}`,
    );
  });

  it('gives the reason and what a lossy plan takes along', () => {
    const plan = { ...testPlan, lossy: true, losses: ['HTTPS goes too.'] };
    const all = texts(
      composed({ state: 'failed', reason: 'Denied.', errorCode: 'AccessDenied', plan }).blocks,
    ).join('\n');
    expect(all).toContain('*Why*\n• `Denied. (AccessDenied)`');
    expect(all).toContain('*What goes with it*\n• `HTTPS goes too.`');
  });

  it.each(Object.keys(states) as FindingState[])('has a title for %s', (state) => {
    const title = states[state].title;
    expect(composed({ state }).text.toLowerCase()).toContain(title);
  });

  it('escapes hostile text: no mention, no link, no line of its own', () => {
    const hostile = '<!channel> <https://evil.example|click> &lt;\n*Account*\n`000` \u202Eevil';
    const message = composed({
      finding: { ...testReport.finding, resourceId: hostile },
      violations: [{ ...testViolation, text: hostile }],
      reason: hostile,
      decidedBy: hostile,
      opened: openedBy(hostile),
    });
    for (const text of [message.text, ...texts(message.blocks)]) {
      expect(text).not.toMatch(/[<>]|\u202E/);
      expect(text).not.toMatch(/&(?!amp;|lt;|gt;)/);
      expect(text).not.toContain('\n*Account*\n`000`');
    }
  });

  it('stays within what Slack takes, whatever is in it', () => {
    const text = fc.oneof(
      fc.string(),
      fc.string({ unit: 'binary', maxLength: 5_000 }),
      fc.constant('<&>'.repeat(1_500)),
    );
    const report = fc.record({
      violations: fc.array(fc.record({ kind: text, text, detail: fc.constant({}) }), { maxLength: 80 }),
      plan: fc.record({
        changes: fc.array(fc.record({ action: text, text }), { maxLength: 80 }),
        lossy: fc.boolean(),
        losses: fc.array(text, { maxLength: 20 }),
      }),
      reason: text,
      decidedBy: text,
      unit: text,
      detector: fc.constant('trail' as const),
      opened: text.map(openedBy),
      stack: text,
      finding: fc.record({
        accountId: fc.constant(accounts.on),
        region: text,
        control: text,
        resourceType: text,
        resourceId: text,
      }),
    });
    fc.assert(
      fc.property(report, (more) => {
        const message = composed(more);
        expect(message.text.length).toBeLessThanOrEqual(3_000);
        expect(message.blocks.length).toBeLessThanOrEqual(50);
        for (const block of message.blocks) {
          if (block.type === 'header') expect(block.text.text.length).toBeLessThanOrEqual(150);
          if (block.type !== 'section') continue;
          expect(block.text?.text.length ?? 0).toBeLessThanOrEqual(3_000);
          expect(block.fields?.length ?? 0).toBeLessThanOrEqual(10);
          for (const field of block.fields ?? []) expect(field.text.length).toBeLessThanOrEqual(2_000);
        }
        for (const each of texts(message.blocks)) expect(each).not.toMatch(/&(?!amp;|lt;|gt;)/);
      }),
      { seed: 20261123, numRuns: 60 },
    );
  });

  it('keeps hostile text code from its first to its last character, and formats nothing of it', () => {
    const hostile = fc.string({
      unit: fc.constantFrom('`', '*', '_', '~', '<', '>', '&', '\n', '😀', 'ж', '&amp;'),
      maxLength: 900,
    });
    const report = fc.record({
      violations: fc.array(fc.record({ kind: hostile, text: hostile, detail: fc.constant({}) }), {
        minLength: 1,
        maxLength: 4,
      }),
      reason: hostile,
      decidedBy: hostile,
      unit: hostile,
      accountName: hostile,
      opened: hostile.map(openedBy),
      stack: hostile,
      finding: fc.record({
        accountId: fc.constant(accounts.on),
        region: hostile,
        control: hostile,
        resourceType: hostile,
        resourceId: hostile,
      }),
    });
    const ours =
      /^(\*[^*_~`<>]*\*|• ((show|undo \(exposes the resource again\)): )?|• … and \d+ more|Flag {2}(· {2})?(· look 1 )?· 2026-11-23 \d\d:\d\d(:\d\d)? UTC|)$/;
    fc.assert(
      fc.property(report, (more) => {
        const marked = composed(more).blocks.filter(({ type }) => type !== 'header');
        for (const line of texts(marked).flatMap((text) => text.split('\n'))) {
          expect(line.replace(/`[^`]*`/gu, '')).toMatch(ours);
          // No character is cut in two.
          expect(line).not.toMatch(/\p{Cs}/u);
        }
      }),
      { seed: 20261126, numRuns: 100 },
    );
  });

  it.each([
    ['Sid', { Sid: `*Fixed by Staunch: no action is needed* ${'&'.repeat(200)}`, Action: 'sqs:*' }],
    ['actions', { Action: ['sqs:*', `*Fixed by Staunch: no action is needed* ${'<'.repeat(200)}`] }],
  ])('keeps a public statement with such %s code, which escaping makes long', (_what, hostile) => {
    const statement = { Effect: 'Allow', Principal: '*', Resource: '*', ...hostile };
    const policy = { version: '2012-10-17', statements: [statement] };
    const { violations } = sqsPublicPolicy.evaluate({ policy } as never, {} as never);
    expect(violations).toHaveLength(1);
    const items = texts(composed({ violations }).blocks)
      .flatMap((text) => text.split('\n'))
      .filter((line) => line.includes('Fixed by'));
    expect(items).toEqual([expect.stringMatching(/^• `[^`]*…`$/)]);
  });

  it('counts what it leaves out, here and before', () => {
    const violations = Array.from({ length: 300 }, () => testViolation);
    const all = texts(composed({ violations, omitted: { violations: 200, changes: 0 } }).blocks).join('\n');
    const shown = all.split(testViolation.text).length - 1;
    expect(all).toContain(`… and ${500 - shown} more`);
  });
});

describe('a notice in Slack', () => {
  const composedNotice = (more: Partial<Notice> = {}) =>
    renderCard(noticeCard({ ...testNotice, ...more }), facts);

  it('says its title, its text and when', () => {
    const { text, blocks } = composedNotice();
    expect(text).toBe(`${testNotice.title}: ${testNotice.text}`);
    expect(blocks.map(({ type }) => type)).toEqual(['header', 'section', 'context']);
    expect(texts(blocks)).toEqual([testNotice.title, testNotice.text, utc(testNotice.at)]);
  });

  it('formats nothing of what it quotes: no mention, no link, no emphasis, no line of its own', () => {
    const hostile = '<!channel> <https://evil.example|click> *now*\n*Account* \u202Eevil';
    const { text, blocks } = composedNotice({ text: hostile });
    for (const each of [text, ...texts(blocks)]) expect(each).not.toMatch(/[<>\n]|\u202E/);
    expect(blocks[1]).toMatchObject({ text: { type: 'plain_text', emoji: false } });
  });

  it("stays within Slack's limits, however long and however much is escaped", () => {
    const { text, blocks } = composedNotice({ title: '&'.repeat(150), text: '<'.repeat(2_000) });
    expect(text.length).toBeLessThanOrEqual(3_000);
    const [title = '', said = ''] = texts(blocks);
    expect(title.length).toBeLessThanOrEqual(150);
    expect(said.length).toBeLessThanOrEqual(3_000);
    for (const each of texts(blocks)) expect(each).not.toMatch(/&(?!amp;|lt;|gt;)/);
  });
});

describe('a change of compliance in Slack', () => {
  it.each([
    ['COMPLIANT', 'NON_COMPLIANT', 'Not compliant'],
    ['NON_COMPLIANT', 'COMPLIANT', 'Compliant again'],
    ['NON_COMPLIANT', 'NOT_APPLICABLE', 'No longer judged'],
  ])('from %s to %s says: %s', (from, to, title) => {
    const message = composedChange(from, to);
    expect(message.text).toMatch(`${title}: Open ports: my-bucket in account 222222222222, eu-west-1`);
    expect(texts(message.blocks).join('\n')).toContain('Anybody can read it.');
  });

  it('names the account, where the hub knows what it is called', () => {
    const change = {
      ...changeOf(complianceEvent('COMPLIANT', 'NON_COMPLIANT')),
      accountName: 'payments-prod',
    };
    const { text, blocks } = renderCard({ ...cardOf([]), change }, facts);
    expect(text).toMatch(/: my-bucket in account payments-prod \(222222222222\), eu-west-1$/);
    expect(texts(blocks).join('\n')).toContain('*Account*\n`payments-prod (222222222222)`');
  });

  it('of the account itself names no resource beside it', () => {
    const resource = { resourceType: 'AWS::::Account', resourceId: '222222222222' };
    const change = {
      ...changeOf(complianceEvent('COMPLIANT', 'NON_COMPLIANT', resource)),
      accountName: 'payments-prod',
    };
    const { text, blocks } = renderCard({ ...cardOf([]), change }, facts);
    expect(text).toMatch(/: account payments-prod \(222222222222\), eu-west-1$/);
    expect(texts(blocks).join('\n')).not.toContain('AWS::::Account');
    expect(
      texts(blocks)
        .join('\n')
        .match(/222222222222/g),
    ).toHaveLength(1);
  });
});

describe('a report without a plan', () => {
  it('tells of no change', () => {
    const card = cardOf([testReport]);
    const findings = card.findings.map(({ report: { plan: _plan, ...report }, ...shown }) => ({
      ...shown,
      report,
    }));
    expect(texts(renderCard({ ...card, findings }, facts).blocks).join()).not.toContain('changed');
  });
});
