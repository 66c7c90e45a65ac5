import { findingId, findingKey } from '../../core/finding';
import { findingMessageSchema } from '../../core/finding-message';
import { remediationReportSchema } from '../../core/report-schema';
import { testReport } from '../hub-functions/notifier/events';
import { messageFor, testIdentity } from '../support/findings';

describe('a finding message', () => {
  const parse = (more: Record<string, unknown>) =>
    findingMessageSchema.safeParse(JSON.parse(messageFor(testIdentity, more)));

  it('of a newer member of the same version is read without what is new in it', () => {
    const parsed = parse({ tomorrow: true });
    expect(parsed.success).toBe(true);
    expect(parsed.data).not.toHaveProperty('tomorrow');
  });

  it.each([
    ['accountId', '22222222222'],
    ['accountId', '2222222222222'],
    ['region', 'eu-west-1 '],
    ['region', 'mars'],
    ['resourceId', ''],
    ['resourceId', 'x'.repeat(257)],
    ['version', 2],
    ['steps', undefined],
  ])('with %s %j is refused', (key, value) => {
    expect(parse({ [key]: value }).success).toBe(false);
  });
});

describe("a finding's names", () => {
  it('are account, Region, control and resource, and the occurrence for people', () => {
    expect(findingKey(testIdentity)).toBe(
      '222222222222#eu-west-1#security-group-open-ports#sg-0123456789abcdef0',
    );
    expect(findingId(testIdentity, 3)).toBe(`${findingKey(testIdentity)}#3`);
  });
});

describe('a report', () => {
  it('comes back from JSON as it was', () => {
    expect(remediationReportSchema.parse(JSON.parse(JSON.stringify(testReport)))).toEqual(testReport);
  });

  it.each(['constructor', 'FIXED', '', undefined])('is refused with the state %j', (state) => {
    expect(remediationReportSchema.safeParse({ ...testReport, state }).success).toBe(false);
  });
});
