import { customControls } from '../../../../controls/registry';
import { sessionPolicy } from '../../../../hub-functions/coordinator/member/session-policy';
import {
  maximumSessionPolicyLength,
  SessionPolicyError,
} from '../../../../hub-functions/member-session/policy-text';
import { factsOf } from '../../../../resources/resource-types';
import { examples } from '../../../resources/examples/registry';
import { testControl, testIdentity } from '../../../support/findings';

const statements = (policy: string) =>
  JSON.parse(policy).Statement as { Action: string[]; Resource: string }[];

describe('sessionPolicy', () => {
  it('lets a look read, and nothing more', () => {
    expect(JSON.parse(sessionPolicy(testControl, testIdentity, 'plan'))).toEqual({
      Version: '2012-10-17',
      Statement: [
        {
          Effect: 'Allow',
          Action: [
            'ec2:DescribeSecurityGroups',
            'ec2:DescribeSecurityGroupRules',
            'ec2:GetManagedPrefixListEntries',
            'cloudtrail:LookupEvents',
          ],
          Resource: '*',
        },
      ],
    });
  });

  it('lets a fix change the one resource', () => {
    expect(statements(sessionPolicy(testControl, testIdentity, 'apply'))).toContainEqual({
      Effect: 'Allow',
      Action: ['ec2:RevokeSecurityGroupIngress'],
      Resource: 'arn:aws:ec2:eu-west-1:222222222222:security-group/sg-0123456789abcdef0',
    });
  });

  it('lets a fix or an undo tag only rules that the same call creates', () => {
    const control = customControls.find(({ id }) => id === 'security-group-open-ports') ?? testControl;
    const Resource = 'arn:aws:ec2:eu-west-1:222222222222:security-group-rule/*';
    for (const mode of ['apply', 'undo'] as const) {
      const onRules = statements(sessionPolicy(control, testIdentity, mode)).filter(
        (statement) => statement.Resource === Resource,
      );
      expect(onRules).toEqual([
        { Effect: 'Allow', Action: ['ec2:AuthorizeSecurityGroupIngress'], Resource },
        {
          Effect: 'Allow',
          Action: ['ec2:CreateTags'],
          Resource,
          Condition: { StringEquals: { 'ec2:CreateAction': 'AuthorizeSecurityGroupIngress' } },
        },
      ]);
    }
    expect(sessionPolicy(control, testIdentity, 'plan')).not.toContain('CreateTags');
  });

  it.each(['*', 'sg-*', 'sg-0123456?', 'sg-0123456789abcdef0/*', '$' + '{aws:userid}', ''])(
    'refuses the id %j, which could widen it',
    (resourceId) => {
      expect(() => sessionPolicy(testControl, { ...testIdentity, resourceId }, 'apply')).toThrow(
        SessionPolicyError,
      );
    },
  );

  it('refuses to be longer than AWS takes', () => {
    const actions = Array.from({ length: 100 }, (_, index) => `ec2:DescribeSomethingQuiteLong${index}`);
    const control = { ...testControl, fixPermissions: [{ actions, on: 'any' as const }] };
    expect(() => sessionPolicy(control, testIdentity, 'apply')).toThrow(/Name fewer actions/);
  });

  it.each(customControls.map((control) => [control.id, control] as const))(
    'of %s fits for the longest id, names the resource for each fix that AWS can limit, and allows no wildcard',
    (_id, control) => {
      const place = { accountId: testIdentity.accountId, region: 'us-gov-west-1' };
      const { resourceType } = control;
      const resourceId = examples[resourceType].longestId(place);
      const arn = factsOf(resourceType).arn(place.accountId, place.region, resourceId);
      const identity = { ...place, control: control.id, resourceType, resourceId };
      const policy = sessionPolicy(control, identity, 'apply');
      expect(policy.length).toBeLessThanOrEqual(maximumSessionPolicyLength);
      const limited = control.fixPermissions
        .filter(({ on }) => on === 'resource')
        .flatMap(({ actions }) => actions);
      for (const { Action, Resource } of statements(policy)) {
        expect(Action.join()).not.toContain('*');
        // New rules have no id yet; whoever adds them needs the permission on the group too.
        if (Resource.endsWith(':security-group-rule/*')) continue;
        if (Action.some((action) => limited.includes(action))) expect(Resource).toBe(arn);
      }
    },
  );
});
