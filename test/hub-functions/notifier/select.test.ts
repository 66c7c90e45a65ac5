import fc from 'fast-check';
import { parseEvent, UnusableEventError } from '../../../hub-functions/notifier/event';
import { select } from '../../../hub-functions/notifier/select';
import { accounts } from '../../support/findings';
import { complianceEvent, noticeEvent, reportEvent, testNotice, testReport } from './events';

const rules = new Map([
  ['iam-password-policy', 'managed' as const],
  ['s3-public-access', 'custom' as const],
]);
const choose = (event: Parameters<typeof select>[0]) =>
  select(event, accounts.hub, (controlId) => rules.get(controlId));

/** Parts of a change of compliance, each of them right at times. */
const verdict = fc.oneof(fc.jsonValue(), fc.constant({ complianceType: 'NON_COMPLIANT' }));
const sometimesRight = {
  configRuleName: fc.oneof(fc.jsonValue(), fc.constant('staunch-iam-password-policy')),
  resourceType: fc.oneof(fc.jsonValue(), fc.constant('AWS::S3::Bucket')),
  resourceId: fc.oneof(fc.jsonValue(), fc.constant('my-bucket')),
  awsAccountId: fc.constant(accounts.hub),
  newEvaluationResult: verdict,
  oldEvaluationResult: verdict,
};

describe('select', () => {
  it("lets Staunch's own reports through, known by their report id", () => {
    expect(choose(reportEvent())).toEqual({
      note: { id: testReport.reportId, kind: 'report', report: testReport },
    });
  });

  it('drops a report that a member forged, and says so', () => {
    expect(choose(reportEvent(testReport, accounts.on))).toEqual({
      dropped: expect.stringContaining(accounts.on),
      kind: 'forged',
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
      kind: 'forged',
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
    expect(choose(complianceEvent(from, to))).toMatchObject({ dropped: expect.anything(), kind: 'needless' });
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
    expect(choose(event)).toEqual({ dropped: expect.stringContaining('own report'), kind: 'needless' });
  });

  it("drops the verdicts of other people's rules", () => {
    const event = complianceEvent(undefined, 'NON_COMPLIANT', { configRuleName: 'my-staunch-like-rule' });
    expect(choose(event)).toMatchObject({ kind: 'needless' });
  });

  it('drops a rule that a member named after a control that does not exist, with what it says', () => {
    const event = complianceEvent(undefined, 'NON_COMPLIANT', { configRuleName: 'staunch-URGENT call 555' });
    expect(choose(event)).toMatchObject({ dropped: expect.anything(), kind: 'needless' });
  });

  it('drops what is neither', () => {
    const other = {
      ...complianceEvent(undefined, 'NON_COMPLIANT'),
      'detail-type': 'Config Configuration Item Change',
    };
    expect(choose(other)).toHaveProperty('dropped');
    expect(choose({ ...reportEvent(), source: 'somebody.else' })).toHaveProperty('dropped');
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
      'what the hub sent as something else',
      { ...reportEvent(), 'detail-type': 'Staunch Something' },
      /Staunch Something/,
    ],
  ])('refuses %s, which may be a report, and says where', (_what, event, where) => {
    expect(() => choose(event)).toThrow(UnusableEventError);
    expect(() => choose(event)).toThrow(where);
  });

  it.each<[string, Record<string, unknown>, RegExp]>([
    ['without a new verdict, as after its rule was deleted', { newEvaluationResult: undefined }, /newEval/],
    ['whose new verdict is null', { newEvaluationResult: null }, /newEvaluationResult/],
    ['whose new verdict says nothing', { newEvaluationResult: {} }, /complianceType/],
    ['without a resource', { resourceId: undefined }, /resourceId/],
    ['without a rule', { configRuleName: null }, /configRuleName/],
    ['whose old verdict is text', { oldEvaluationResult: 'COMPLIANT' }, /oldEvaluationResult/],
  ])('drops a change of compliance %s, because it will never be another', (_what, more, where) => {
    expect(choose(complianceEvent('NON_COMPLIANT', 'COMPLIANT', more))).toEqual({
      dropped: expect.stringMatching(where),
      kind: 'unreadable',
    });
  });

  it.each([undefined, null, 'text', []])('drops a change of compliance whose detail is %j', (detail) => {
    const event = { ...complianceEvent(undefined, 'NON_COMPLIANT'), detail };
    expect(choose(event)).toMatchObject({ kind: 'unreadable' });
  });

  it('takes nothing that a member sends for a report, whatever it is like: none stops the notifier', () => {
    const details = fc.oneof(fc.jsonValue(), fc.record({ ...sometimesRight }, { requiredKeys: [] }));
    const sources = fc.constantFrom('staunch', 'aws.config', 'somebody.else');
    const types = fc.constantFrom(
      'Staunch Remediation Report',
      'Staunch Notice',
      'Config Rules Compliance Change',
      'Something Else',
    );
    fc.assert(
      fc.property(sources, types, details, (source, type, detail) => {
        const event = { ...reportEvent(detail, accounts.on), source, 'detail-type': type };
        const selection = choose(event);
        if ('note' in selection) expect(selection.note).toMatchObject({ change: { accountId: accounts.on } });
      }),
      { seed: 9 },
    );
  });
});

describe('parseEvent', () => {
  it.each(['hello', '', '[]', '{"id":"x"}', JSON.stringify({ ...reportEvent(), account: 'me' })])(
    'refuses %j',
    (body) => {
      expect(() => parseEvent(body)).toThrow(UnusableEventError);
    },
  );
});
