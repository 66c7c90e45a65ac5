import { checkRequest, RemediationRequestError } from '../../../hub-functions/remediation/request';

const valid = {
  version: 1,
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
  credentials: { accessKeyId: 'ASIAKEY', secretAccessKey: 'very-secret', sessionToken: 'token' },
};

describe('checkRequest', () => {
  it("fills in the control's default parameters", () => {
    const { control, parameters } = checkRequest(valid, 'AWS::EC2::SecurityGroup');
    expect(control.id).toBe('security-group-open-ports');
    expect(parameters).toMatchObject({ prohibitedPorts: [22, 1433, 3306, 3389] });
  });

  it.each<[string, unknown]>([
    ['nothing', undefined],
    ['another version', { ...valid, version: 2 }],
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
    ['missing credentials', { ...valid, credentials: { accessKeyId: 'ASIAKEY' } }],
  ])('refuses %s', (_what, payload) => {
    expect(() => checkRequest(payload, 'AWS::EC2::SecurityGroup')).toThrow(RemediationRequestError);
  });

  it('never quotes a value of the request', () => {
    const broken = { ...valid, mode: 'very-secret', credentials: { ...valid.credentials, sessionToken: 5 } };
    try {
      checkRequest(broken, 'AWS::EC2::SecurityGroup');
    } catch (error) {
      expect(String(error)).not.toContain('very-secret');
      expect(String(error)).toContain('mode, credentials.sessionToken');
    }
    expect.assertions(2);
  });
});
