import fc from 'fast-check';
import type { ManagedControl } from '../../../../controls/control';
import { UnusableMessageError } from '../../../../hub-functions/coordinator/intake/hint';
import { parseMessage } from '../../../../hub-functions/coordinator/intake/message';
import { mendedEvent, messageFor, testControl, testIdentity } from '../../../support/findings';

const managed: ManagedControl = {
  kind: 'managed',
  id: 'cloudtrail-enabled',
  title: 'A trail is on',
  severity: 'high',
  sourceIdentifier: 'CLOUD_TRAIL_ENABLED',
  inputParameters: {},
  regions: 'every',
};
const findControl = (id: string) => [testControl, managed].find((control) => control.id === id);
const controlsOf = (type: string) => [testControl].filter(({ resourceType }) => resourceType === type);
const parseAll = (body: string) => parseMessage(body, { findControl, controlsOf });
const parse = (body: string) => {
  const { hints, wide } = parseAll(body);
  expect([hints.length, wide]).toEqual([1, []]);
  return hints[0];
};

describe('parseMessage', () => {
  it('takes the identity from a finding, and nothing else', () => {
    const body = messageFor(testIdentity, {
      violations: [{ forged: true }],
      steps: ['DROP'],
      credentials: 'x',
    });
    expect(parse(body)).toEqual({
      identity: testIdentity,
      control: testControl,
      says: 'finding',
      detector: 'rule',
    });
  });

  it("takes the account and the Region from the envelope of AWS Config's own event, not from its detail", () => {
    expect(
      parse(
        mendedEvent(testIdentity, { detail: { awsAccountId: '999999999999', awsRegion: 'eu-central-1' } }),
      ),
    ).toEqual({
      identity: testIdentity,
      control: testControl,
      says: 'mended',
      detector: 'rule',
    });
  });

  it("refuses AWS Config's event about a rule that is not one of Staunch's", () => {
    const body = mendedEvent(testIdentity, { detail: { configRuleName: 'their-own-rule' } });

    expect(() => parse(body)).toThrow(UnusableMessageError);
    expect(() => parse(body)).toThrow(/rule "their-own-rule", which is none of Staunch's/);
  });

  it("refuses AWS Config's event about a foreign rule that is named as a control is", () => {
    const body = mendedEvent(testIdentity, { detail: { configRuleName: testControl.id } });
    expect(() => parse(body)).toThrow(/none of Staunch's/);
  });

  it("refuses AWS Config's event about a control that is only watched", () => {
    expect(() => parse(mendedEvent({ ...testIdentity, control: managed.id }))).toThrow(/only watched/);
  });

  it.each([
    ['COMPLIANT', 'mended'],
    ['NOT_APPLICABLE', 'mended'],
    ['NON_COMPLIANT', 'finding'],
    ['INSUFFICIENT_DATA', 'finding'],
  ])('takes the verdict %s as the hint %s', (to, says) => {
    expect(parse(mendedEvent(testIdentity, { to }))).toMatchObject({ says });
  });

  it.each([
    ['text that is not JSON', 'hello', /not JSON/],
    ['an empty body', '', /not JSON/],
    ['another version', messageFor(testIdentity, { version: 2 }), /malformed at version/],
    ['another type of message', messageFor(testIdentity, { type: 'order' }), /malformed at type/],
    ['an account id that is a number', messageFor(testIdentity, { accountId: 222222222222 }), /accountId/],
    ['a Region that is none', messageFor(testIdentity, { region: '../eu' }), /region/],
    ['an unknown control', messageFor({ ...testIdentity, control: 'nothing' }), /no control "nothing"/],
    ['a control that is only watched', messageFor({ ...testIdentity, control: managed.id }), /only watched/],
    [
      'an unknown resource type',
      messageFor({ ...testIdentity, resourceType: 'AWS::EC2::Vpc' }),
      /names a "AWS::EC2::Vpc"/,
    ],
    [
      "another control's resource type",
      messageFor({ ...testIdentity, resourceType: 'AWS::S3::Bucket' }),
      /is about/,
    ],
    ['a wildcard for a resource', messageFor({ ...testIdentity, resourceId: '*' }), /no id of a/],
    [
      'a policy variable in the resource',
      messageFor({ ...testIdentity, resourceId: 'sg-$' + '{aws:x}' }),
      /no id of a/,
    ],
  ])('refuses %s, and says why', (_what, body, message) => {
    expect(() => parse(body)).toThrow(UnusableMessageError);
    expect(() => parse(body)).toThrow(message);
  });

  it('never fails in another way, whatever the message', () => {
    const anything = fc.oneof(
      fc.string(),
      fc.json(),
      fc
        .record({ accountId: fc.anything(), resourceId: fc.string() })
        .map((more) => messageFor(testIdentity, more)),
    );
    fc.assert(
      fc.property(anything, (body) => {
        try {
          parse(body);
        } catch (error) {
          expect(error).toBeInstanceOf(UnusableMessageError);
        }
      }),
      { seed: 20261123 },
    );
  });
});
