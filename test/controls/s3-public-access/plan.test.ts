import { RefusedError } from '../../../core/errors';
import { applyChanges, grantsAfter, publicAccessBlockAfter } from '../../../resources/bucket/changes';
import { policyAfter } from '../../../resources/kit/policy/changes';
import {
  allUsers,
  authenticatedUsers,
  bucket,
  evaluated,
  grant,
  planned,
  policy,
  statement,
} from '../support/buckets';

const none = {
  BlockPublicAcls: false,
  IgnorePublicAcls: false,
  BlockPublicPolicy: false,
  RestrictPublicBuckets: false,
};
const named = { AWS: 'arn:aws:iam::111122223333:root' };

describe('the surgical plan for a bucket', () => {
  it('is empty when the bucket complies', () => {
    expect(planned(bucket({ Grants: [grant('79a59df900b949e5', 'FULL_CONTROL')] }))).toEqual({
      changes: [],
      lossy: false,
      losses: [],
    });
  });

  it('removes every public grant, also those in a row, keeps the others, and blocks public ACLs', () => {
    const open = bucket({
      Grants: [
        grant('79a59df900b949e5', 'FULL_CONTROL'),
        grant(allUsers, 'READ'),
        grant(allUsers, 'WRITE'),
        grant(authenticatedUsers, 'READ'),
        grant('0123456789abcdef', 'READ'),
      ],
    });
    const { changes, lossy } = planned(open);

    expect(changes.map(({ text: _text, ...change }) => change)).toEqual([
      {
        action: 'blockPublicAccess',
        before: none,
        settings: { ...none, BlockPublicAcls: true, IgnorePublicAcls: true },
      },
      { action: 'removeGrant', grantee: allUsers, permission: 'READ' },
      { action: 'removeGrant', grantee: allUsers, permission: 'WRITE' },
      { action: 'removeGrant', grantee: authenticatedUsers, permission: 'READ' },
    ]);
    expect(lossy).toBe(false);
    expect(grantsAfter(open, changes)).toEqual([
      grant('79a59df900b949e5', 'FULL_CONTROL'),
      grant('0123456789abcdef', 'READ'),
    ]);
  });

  it('removes the public statement, keeps Deny and named ones as they are, and blocks public policies', () => {
    const deny = statement({ Effect: 'Deny', Condition: { Bool: { 'aws:SecureTransport': 'false' } } });
    const partner = statement({ Sid: 'Partner', Principal: named });
    const open = bucket({
      Policy: { Version: '2012-10-17', Id: 'x', Statement: [deny, statement(), partner] },
    });
    const { changes, lossy } = planned(open);

    expect(changes.map(({ action }) => action)).toEqual(['blockPublicAccess', 'removeStatement']);
    expect(changes[1]).toMatchObject({ index: 1, statement: statement() });
    expect(changes[0]).toMatchObject({ settings: { ...none, BlockPublicPolicy: true } });
    expect(lossy).toBe(false);
    expect(JSON.parse(policyAfter(open.policy, changes)?.text ?? '')).toEqual({
      Version: '2012-10-17',
      Id: 'x',
      Statement: [deny, partner],
    });
  });

  it('keeps the names of a principal list that mixes them with everybody', () => {
    const mixed = statement({
      Sid: 'Mixed',
      Principal: {
        AWS: ['*', named.AWS],
        CanonicalUser: '79a59df900b949e5',
        Service: ['cloudtrail.amazonaws.com'],
      },
    });
    const open = bucket({ Policy: { Statement: mixed } });
    const [, change] = planned(open).changes;

    expect(change).toMatchObject({
      action: 'editStatement',
      index: 0,
      before: mixed,
      after: {
        ...mixed,
        Principal: {
          AWS: [named.AWS],
          CanonicalUser: '79a59df900b949e5',
          Service: ['cloudtrail.amazonaws.com'],
        },
      },
    });
    expect(JSON.parse(policyAfter(open.policy, planned(open).changes)?.text ?? '').Statement.Sid).toBe(
      'Mixed',
    );
  });

  it.each([
    ['NotPrincipal', { Principal: undefined, NotPrincipal: named }],
    ['a web identity provider', { Principal: { Federated: 'graph.facebook.com' } }],
    ['everybody as text', {}],
  ])('removes a statement of which nobody can be kept: %s', (_name, overrides) => {
    const open = bucket({ Policy: policy(statement({ Effect: 'Deny' }), statement(overrides)) });

    expect(planned(open).changes[1]).toMatchObject({ action: 'removeStatement', index: 1 });
  });

  it('deletes a policy whose only statement is an object, and public', () => {
    const open = bucket({ Policy: { Statement: statement() } });

    expect(planned(open).changes[1]).toMatchObject({ action: 'deletePolicy' });
  });

  it('takes a web identity provider from a principal that names an account as well', () => {
    const mixed = statement({ Principal: { AWS: named.AWS, Federated: 'graph.facebook.com' } });

    expect(planned(bucket({ Policy: policy(mixed) })).changes[1]).toMatchObject({
      action: 'editStatement',
      after: { Principal: named },
    });
  });

  it('is empty for a bucket without a policy, and for one whose ACL does not count', () => {
    const enforced = { Rules: [{ ObjectOwnership: 'BucketOwnerEnforced' }] };

    for (const absent of [undefined, null, '']) {
      expect(planned(bucket({ Policy: absent })).changes).toEqual([]);
    }
    expect(
      planned(bucket({ Grants: [grant(allUsers, 'READ')], OwnershipControls: enforced })).changes,
    ).toEqual([]);
  });

  it('deletes a policy of which nothing would be left, and only then', () => {
    const open = bucket({ Policy: policy(statement(), statement({ Principal: { AWS: ['*'] } })) });
    const denied = bucket({ Policy: policy(statement(), statement({ Effect: 'Deny' })) });

    expect(planned(open).changes[1]).toMatchObject({ action: 'deletePolicy', policy: open.policy?.text });
    expect(policyAfter(open.policy, planned(open).changes)).toBeUndefined();
    expect(planned(denied).changes.map(({ action }) => action)).toEqual([
      'blockPublicAccess',
      'removeStatement',
    ]);
  });

  it.each(['12345678901234567891', '1.0', '1e20', '-0'])(
    'refuses to edit a policy that holds the number %s, which would come out as another text',
    (number) => {
      const text = (Effect: string) =>
        `{"Statement":[${JSON.stringify(statement())},{"Effect":"${Effect}","Principal":"*","Action":"s3:*","Resource":"*","Condition":{"NumericEquals":{"aws:RequestTag/n":${number}}}}]}`;

      expect(() => planned(bucket({ Policy: text('Deny') }))).toThrow(RefusedError);
      expect(() => planned(bucket({ Policy: text('Deny') }))).toThrow(number);
      // Nothing is written of a policy that goes as a whole.
      expect(planned(bucket({ Policy: text('Allow') })).changes[1]?.action).toBe('deletePolicy');
    },
  );

  it('edits a policy whose numbers stay as they are, and is not misled by digits in text', () => {
    const aged = statement({
      Sid: 'v1.0 \\" 1e20',
      Effect: 'Deny',
      Condition: { NumericGreaterThan: { 'aws:MultiFactorAuthAge': [3600, -1, 0.5] } },
    });
    const open = bucket({ Policy: policy(statement(), aged) });

    expect(JSON.parse(policyAfter(open.policy, planned(open).changes)?.text ?? '').Statement).toEqual([aged]);
  });

  it('never writes a number as another text, whatever the plan', () => {
    const open = bucket({
      Policy: `{"Statement":[${JSON.stringify(statement())},${JSON.stringify(statement({ Effect: 'Deny' })).replace('"Deny"', '"Deny","Sid":1.0')}]}`,
    });
    const change = { action: 'removeStatement', text: '', index: 0, statement: {} } as const;

    expect(() => policyAfter(open.policy, [change])).toThrow(RefusedError);
  });

  it('keeps settings that are on, and changes none that is on already', () => {
    const open = { Policy: policy(statement()) };
    const restricting = { ...none, BlockPublicAcls: true };
    const blocking = { ...none, BlockPublicPolicy: true };

    const first = bucket({ ...open, PublicAccessBlockConfiguration: restricting });
    const second = bucket({ ...open, PublicAccessBlockConfiguration: blocking });

    expect(publicAccessBlockAfter(first, planned(first).changes)).toEqual({
      ...restricting,
      BlockPublicPolicy: true,
    });
    expect(planned(second).changes.map(({ action }) => action)).toEqual(['deletePolicy']);
  });

  it('touches only what is a danger: not an ACL that is ignored, not a policy that is restricted', () => {
    const ignored = bucket({
      Grants: [grant(allUsers, 'READ')],
      Policy: policy(statement()),
      AccountPublicAccessBlockConfiguration: { IgnorePublicAcls: true },
    });

    expect(planned(ignored).changes.map(({ action }) => action)).toEqual([
      'blockPublicAccess',
      'deletePolicy',
    ]);
  });

  it('is lossy for a bucket that serves a website', () => {
    const open = { Policy: policy(statement()), Website: { IndexDocument: { Suffix: 'index.html' } } };

    expect(planned(bucket(open))).toMatchObject({
      lossy: true,
      losses: ['The bucket serves a website, which visitors will not reach any more.'],
    });
    expect(planned(bucket({ ...open, Policy: undefined })).lossy).toBe(false);
  });

  it("refuses where S3's own verdict is another", () => {
    expect(() => planned(bucket({ Policy: policy(statement()), PolicyStatus: { IsPublic: false } }))).toThrow(
      RefusedError,
    );
  });
});

describe('the lockdown plan for a bucket', () => {
  it('turns all four settings on and edits nothing', () => {
    const open = bucket({ Grants: [grant(allUsers, 'READ')], Policy: policy(statement()) });
    const { changes, lossy } = planned(open, { fix: 'lockdown' });

    expect(changes).toMatchObject([
      {
        action: 'blockPublicAccess',
        settings: {
          BlockPublicAcls: true,
          IgnorePublicAcls: true,
          BlockPublicPolicy: true,
          RestrictPublicBuckets: true,
        },
      },
    ]);
    expect(lossy).toBe(false);
    expect(evaluated(applyChanges(open, changes)).compliance).toBe('COMPLIANT');
  });

  it.each([
    ['another account', statement({ Principal: named }), true],
    [
      'an organization',
      statement({ Condition: { StringEquals: { 'aws:PrincipalOrgID': 'o-abcdefghij' } } }),
      true,
    ],
    ['a service', statement({ Principal: { Service: 'cloudtrail.amazonaws.com' } }), false],
    ['nobody: it is a Deny', statement({ Effect: 'Deny', Principal: named }), false],
  ])('says whether it takes something from %s', (_name, other, lossy) => {
    const open = bucket({ Policy: policy(statement(), other) });

    expect(planned(open, { fix: 'lockdown' }).lossy).toBe(lossy);
  });

  it("takes nothing from the owner's own account, where that is known", () => {
    const open = { Policy: policy(statement(), statement({ Principal: named })) };

    expect(planned(bucket({ ...open, AccountId: '111122223333' }), { fix: 'lockdown' }).lossy).toBe(false);
    expect(planned(bucket({ ...open, AccountId: '444455556666' }), { fix: 'lockdown' }).lossy).toBe(true);
  });

  it('takes nothing from other accounts when only the ACL is public', () => {
    const open = bucket({
      Grants: [grant(allUsers, 'READ')],
      Policy: policy(statement({ Principal: named })),
    });

    expect(planned(open, { fix: 'lockdown' }).lossy).toBe(false);
  });
});
