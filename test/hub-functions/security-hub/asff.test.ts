import fc from 'fast-check';
import { findingEventSchema } from '../../../core/finding-event';
import { states } from '../../../core/states';
import { asffOf, securityHubId } from '../../../hub-functions/security-hub/asff';
import { asffType } from '../../../hub-functions/security-hub/asff-types';
import { resourceTypes } from '../../../resources/resource-types';
import { testIdentity } from '../../support/findings';
import { eventAt, place } from './events';

const title = 'Security group open to the internet';

describe('a finding in the format of Security Hub', () => {
  it("belongs to the hub's account, and names the member's resource", () => {
    const finding = asffOf(
      eventAt(5, { violations: ['Port 22 is open.'], changes: ['Take 0.0.0.0/0 off port 22.'] }),
      title,
      place,
    );
    expect(finding).toMatchObject({
      SchemaVersion: '2018-10-08',
      AwsAccountId: place.account,
      ProductArn: 'arn:aws:securityhub:eu-west-1:111111111111:product/111111111111/default',
      FindingProviderFields: { Severity: { Label: 'CRITICAL', Original: 'critical' } },
      CreatedAt: '2026-11-27T10:00:00.000Z',
      UpdatedAt: '2026-11-27T10:05:00.000Z',
      Description: 'Port 22 is open. Staunch: waiting for approval.',
      RecordState: 'ACTIVE',
      Compliance: { Status: 'FAILED' },
      Resources: [
        {
          Type: 'AwsEc2SecurityGroup',
          Id: `arn:aws:ec2:eu-west-1:${testIdentity.accountId}:security-group/${testIdentity.resourceId}`,
        },
      ],
    });
    expect(finding.ProductFields).toMatchObject({ 'staunch/AccountId': testIdentity.accountId });
    expect(finding.Remediation?.Recommendation?.Text).toContain('show');
    // Both are people's: https://docs.aws.amazon.com/securityhub/latest/userguide/finding-update-batchimportfindings.html
    for (const key of ['Workflow', 'Note', 'Severity', 'Types']) expect(finding).not.toHaveProperty(key);
  });

  it('has one id whatever the occurrence, and is archived once it is closed', () => {
    const fixed = eventAt(5, { state: 'fixed' }, { occurrence: 2, open: false });
    expect(asffOf(fixed, title, place)).toMatchObject({
      Id: securityHubId(eventAt(1)),
      RecordState: 'ARCHIVED',
      Compliance: { Status: 'PASSED' },
    });
    const gone = asffOf(eventAt(5, { state: 'gone' }, { open: false }), title, place);
    expect(gone.Compliance).toEqual({ Status: 'NOT_AVAILABLE' });
  });

  it.each(Object.keys(resourceTypes))('names the type of %s, or Other', (type) => {
    expect(asffType(type)).toMatch(/^(Aws[A-Z]\w+|Other)$/);
  });

  it('keeps to what the format allows, whatever strangers wrote', () => {
    const text = fc.string({ unit: 'binary', maxLength: 400 });
    const hostile = fc.record({
      state: fc.constantFrom(...states.received.next),
      violations: fc.array(text, { maxLength: 10 }),
      changes: fc.array(text, { maxLength: 10 }),
      reason: text,
      accountName: text,
      owner: text,
      decidedBy: text,
      tags: fc.dictionary(text, text, { maxKeys: 5 }),
    });
    fc.assert(
      fc.property(hostile, text, (said, name) => {
        const event = eventAt(1, said, { finding: { ...testIdentity, resourceId: name } });
        const finding = asffOf(event, name, place);
        expect(findingEventSchema.safeParse(event).success).toBe(true);
        expect(finding.Id?.length).toBeLessThanOrEqual(512);
        expect(finding.Title?.length).toBeLessThanOrEqual(256);
        expect(finding.Description?.length).toBeLessThanOrEqual(1_024);
        expect(finding.Remediation?.Recommendation?.Text?.length).toBeLessThanOrEqual(512);
        for (const shown of [finding.Title, finding.Description, finding.Remediation?.Recommendation?.Text]) {
          expect(shown).toMatch(/^\S/);
          expect(shown).not.toMatch(/[\p{Cc}\n]/u);
        }
        for (const value of Object.values(finding.ProductFields ?? {})) expect(value).toMatch(/\S/);
      }),
      { seed: 20261127, numRuns: 300 },
    );
  });
});
