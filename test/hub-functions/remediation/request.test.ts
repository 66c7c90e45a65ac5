import { checkRequest, RemediationRequestError } from '../../../hub-functions/remediation/request';

const plan = { changes: [{ action: 'revoke', text: 'Close.', fromPort: 22 }], lossy: false, losses: [] };
const step = { before: { groupId: 'sg-0123456789abcdef0' }, changes: plan.changes };

const valid = {
  version: 2,
  mode: 'apply',
  finding: {
    accountId: '111122223333',
    region: 'eu-west-1',
    control: 'security-group-open-ports',
    resourceType: 'AWS::EC2::SecurityGroup',
    resourceId: 'sg-0123456789abcdef0',
  },
  occurrence: 1,
  attempt: 1,
  parameters: {},
  place: ['111122223333', 'r-root'],
  applyLossy: false,
  fix: { plan, state: 'abcdef0123456789' },
  unfinished: [step],
  credentials: { accessKeyId: 'ASIAKEY', secretAccessKey: 'very-secret', sessionToken: 'token' },
};

describe('checkRequest', () => {
  it("fills in the control's default parameters", () => {
    const { control, parameters } = checkRequest(valid, 'AWS::EC2::SecurityGroup');
    expect(control.id).toBe('security-group-open-ports');
    expect(parameters).toEqual(control.parameters.parse({}));
  });

  it('takes a plan, a fix and an undo, with all that they say', () => {
    const { mode: _mode, place, applyLossy, fix, unfinished, ...base } = valid;
    for (const asked of [
      { mode: 'plan' },
      { mode: 'plan', tellLastChange: true },
      { mode: 'apply', place, applyLossy, fix, unfinished },
      { mode: 'apply', place, applyLossy, unfinished },
      { mode: 'apply', place, applyLossy, fix, unfinished: [], writeBefore: '2026-11-23T10:00:00.000Z' },
      { mode: 'undo', history: 'H4sI' },
    ]) {
      const { request } = checkRequest({ ...base, ...asked }, 'AWS::EC2::SecurityGroup');
      expect(request).toEqual({ ...base, ...asked });
    }
  });

  it.each<[string, unknown]>([
    ['nothing', undefined],
    ['another version', { ...valid, version: 1 }],
    ['an unknown mode', { ...valid, mode: 'destroy' }],
    ['an unknown control', { ...valid, finding: { ...valid.finding, control: 'toString' } }],
    [
      'a control that fixes nothing',
      { ...valid, finding: { ...valid.finding, control: 'cloudtrail-enabled' } },
    ],
    [
      'a control of another resource type',
      { ...valid, finding: { ...valid.finding, control: 's3-public-access' } },
    ],
    ['another resource type', { ...valid, finding: { ...valid.finding, resourceType: 'AWS::S3::Bucket' } }],
    ['an id that is no group', { ...valid, finding: { ...valid.finding, resourceId: '*' } }],
    ['a malformed account', { ...valid, finding: { ...valid.finding, accountId: '1' } }],
    ['an attempt of zero', { ...valid, attempt: 0 }],
    ['unknown parameters', { ...valid, parameters: { ports: [22] } }],
    ['a fix without the place of the account', { ...valid, place: undefined }],
    ['a fix that does not say what is unfinished', { ...valid, unfinished: undefined }],
    ['an unfinished step without the state before', { ...valid, unfinished: [{ changes: [] }] }],
    ['a plan without the state that it was made from', { ...valid, fix: { plan } }],
    ['a plan that is none', { ...valid, fix: { ...valid.fix, plan: { changes: ['revoke'] } } }],
    ['a freeze at no time', { ...valid, writeBefore: 'soon' }],
    ['an undo without a history', { ...valid, mode: 'undo' }],
    ['missing credentials', { ...valid, credentials: { accessKeyId: 'ASIAKEY' } }],
  ])('refuses %s', (_what, payload) => {
    expect(() => checkRequest(payload, 'AWS::EC2::SecurityGroup')).toThrow(RemediationRequestError);
  });

  it.each([
    ['mode', { ...valid, mode: 'very-secret' }],
    [
      'occurrence, credentials.sessionToken',
      { ...valid, occurrence: 'very-secret', credentials: { ...valid.credentials, sessionToken: 5 } },
    ],
  ])('says where a request is wrong, and never quotes a value of it: %s', (where, broken) => {
    const check = () => checkRequest(broken, 'AWS::EC2::SecurityGroup');
    expect(check).toThrow(`The request cannot be understood; look at ${where}.`);
    expect(check).toThrow(expect.objectContaining({ message: expect.not.stringContaining('very-secret') }));
  });
});
