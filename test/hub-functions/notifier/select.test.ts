import { parseTopicMessage, UnusableEventError } from '../../../hub-functions/notifier/event';
import { select } from '../../../hub-functions/notifier/select';
import { accounts } from '../../support/findings';
import { complianceEvent, noticeEvent, reportEvent, testNotice, testReport } from './events';

const rules = new Map([
  ['iam-password-policy', 'managed' as const],
  ['s3-public-access', 'custom' as const],
]);
const choose = (event: Parameters<typeof select>[0]) =>
  select(event, accounts.hub, (controlId) => rules.get(controlId));

describe('select', () => {
  it("lets Staunch's own reports through, known by their report id", () => {
    expect(choose(reportEvent())).toEqual({
      note: { id: testReport.reportId, kind: 'report', report: testReport },
    });
  });

  it('drops a report that a member forged, and says so', () => {
    expect(choose(reportEvent(testReport, accounts.on))).toEqual({
      dropped: expect.stringContaining(accounts.on),
      forged: true,
    });
  });

  it("lets Staunch's own notices through, known by their notice id", () => {
    expect(choose(noticeEvent())).toEqual({
      note: { id: testNotice.noticeId, kind: 'notice', notice: testNotice },
    });
  });

  it('drops a notice that a member forged, and says so', () => {
    expect(choose(noticeEvent(testNotice, accounts.on))).toEqual({
      dropped: expect.stringContaining(accounts.on),
      forged: true,
    });
  });

  it.each([
    [undefined, 'NON_COMPLIANT'],
    ['COMPLIANT', 'NON_COMPLIANT'],
    ['NON_COMPLIANT', 'COMPLIANT'],
    ['NON_COMPLIANT', 'NOT_APPLICABLE'],
    ['NOT_APPLICABLE', 'NON_COMPLIANT'],
  ])('lets a change from %s to %s through', (from, to) => {
    expect(choose(complianceEvent(from, to))).toMatchObject({ note: { id: 'event-1', kind: 'compliance' } });
  });

  it.each([
    [undefined, 'COMPLIANT'],
    ['NON_COMPLIANT', 'NON_COMPLIANT'],
    ['COMPLIANT', 'COMPLIANT'],
    ['COMPLIANT', 'NOT_APPLICABLE'],
    ['NOT_APPLICABLE', 'COMPLIANT'],
  ])('drops what went from %s to %s', (from, to) => {
    expect(choose(complianceEvent(from, to))).toMatchObject({ dropped: expect.anything(), forged: false });
  });

  it('believes the envelope, not the detail, on where an event is from', () => {
    expect(choose(complianceEvent(undefined, 'NON_COMPLIANT'))).toMatchObject({
      note: { change: { accountId: accounts.on, region: 'eu-west-1', controlId: 'iam-password-policy' } },
    });
  });

  it("drops the verdicts of Staunch's own rules, whose findings are reported", () => {
    const event = complianceEvent('COMPLIANT', 'NON_COMPLIANT', {
      configRuleName: 'staunch-s3-public-access',
    });
    expect(choose(event)).toEqual({ dropped: expect.stringContaining('own report'), forged: false });
  });

  it("drops the verdicts of other people's rules", () => {
    const event = complianceEvent(undefined, 'NON_COMPLIANT', { configRuleName: 'my-staunch-like-rule' });
    expect(choose(event)).toMatchObject({ forged: false });
  });

  it('drops a rule that a member named after a control that does not exist, with what it says', () => {
    const event = complianceEvent(undefined, 'NON_COMPLIANT', { configRuleName: 'staunch-URGENT call 555' });
    expect(choose(event)).toMatchObject({ dropped: expect.anything(), forged: false });
  });

  it('drops what is neither', () => {
    const other = {
      ...complianceEvent(undefined, 'NON_COMPLIANT'),
      'detail-type': 'Config Configuration Item Change',
    };
    expect(choose(other)).toHaveProperty('dropped');
    expect(choose({ ...reportEvent(), source: 'somebody.else' })).toHaveProperty('dropped');
    expect(choose({ ...reportEvent(), 'detail-type': 'Something Else' })).toHaveProperty('dropped');
  });

  it.each([
    ['a report without its finding', reportEvent({ ...testReport, finding: undefined }), /finding/],
    ['a report in a state that does not exist', reportEvent({ ...testReport, state: 'splendid' }), /state/],
    [
      'a report in a state that every object has',
      reportEvent({ ...testReport, state: 'constructor' }),
      /state/,
    ],
    ['a notice without text', noticeEvent({ ...testNotice, text: '' }), /text/],
    ['a report in the form of a notice', noticeEvent(testReport), /noticeId/],
    [
      'a verdict without a resource',
      complianceEvent('COMPLIANT', 'NON_COMPLIANT', { resourceId: undefined }),
      /resourceId/,
    ],
  ])('refuses %s, and says where', (_what, event, where) => {
    expect(() => choose(event)).toThrow(UnusableEventError);
    expect(() => choose(event)).toThrow(where);
  });
});

describe('parseTopicMessage', () => {
  it.each(['hello', '', '[]', '{"id":"x"}', JSON.stringify({ ...reportEvent(), account: 'me' })])(
    'refuses %j',
    (body) => {
      expect(() => parseTopicMessage(body)).toThrow(UnusableEventError);
    },
  );
});
