import { control } from '../../../controls/s3-public-access';
import { ResourceInputError } from '../../../core/errors';
import { bucketFromApi, bucketFromConfigurationItem } from '../../../resources/bucket/model';
import { allUsers, authenticatedUsers, grant, policy, statement } from '../../controls/support/buckets';

const policyText = JSON.stringify(policy(statement()));

const api = {
  Name: 'photos',
  AccountId: '111122223333',
  Policy: policyText,
  Owner: { ID: '79a59df900b949e5' },
  Grants: [
    { Grantee: { Type: 'CanonicalUser', ID: '79a59df900b949e5' }, Permission: 'FULL_CONTROL' },
    grant(allUsers, 'READ'),
    grant(authenticatedUsers, 'READ_ACP'),
    grant('http://acs.amazonaws.com/groups/s3/LogDelivery', 'WRITE'),
  ],
  PublicAccessBlockConfiguration: {
    BlockPublicAcls: true,
    IgnorePublicAcls: false,
    BlockPublicPolicy: false,
    RestrictPublicBuckets: false,
  },
  Website: { IndexDocument: { Suffix: 'index.html' } },
};

const acl = {
  grantSet: null,
  grantList: [
    { grantee: { id: '79a59df900b949e5', displayName: null }, permission: 'FullControl' },
    { grantee: 'AllUsers', permission: 'Read' },
    { grantee: 'AuthenticatedUsers', permission: 'ReadAcp' },
    { grantee: 'LogDelivery', permission: 'Write' },
  ],
  owner: { displayName: null, id: '79a59df900b949e5' },
  isRequesterCharged: false,
};

const supplementary = {
  AccessControlList: JSON.stringify(acl),
  BucketPolicy: { policyText },
  PublicAccessBlockConfiguration: {
    blockPublicAcls: true,
    ignorePublicAcls: false,
    blockPublicPolicy: false,
    restrictPublicBuckets: false,
  },
  BucketWebsiteConfiguration: { indexDocumentSuffix: 'index.html', errorDocument: null },
};

const item = {
  resourceType: 'AWS::S3::Bucket',
  resourceId: 'photos',
  resourceName: 'photos',
  awsAccountId: '111122223333',
  configurationItemStatus: 'OK',
  configuration: { name: 'photos', owner: { id: '79a59df900b949e5' } },
  supplementaryConfiguration: supplementary,
};

/** GetResourceConfigHistory gives every part as text, and the ACL, which is text already, as the text of that. */
const history = {
  ...item,
  configuration: JSON.stringify(item.configuration),
  supplementaryConfiguration: Object.fromEntries(
    Object.entries(supplementary).map(([name, value]) => [name, JSON.stringify(value)]),
  ),
};

describe('the model of a bucket', () => {
  const model = bucketFromApi(api);

  it('holds grants and settings as the API writes them', () => {
    expect(model).toMatchObject({
      name: 'photos',
      grants: api.Grants,
      owner: api.Owner,
      publicAccessBlock: api.PublicAccessBlockConfiguration,
      website: true,
    });
    expect(model.policy?.text).toBe(policyText);
  });

  it.each([
    ['an item as a rule receives it', item],
    ['an item of the history', history],
    ['an item that is text', JSON.stringify(item)],
  ])('is the same from %s', (_name, form) => {
    expect(bucketFromConfigurationItem(form)).toEqual(model);
  });

  it.each([
    ['is absent', undefined],
    ['is null', null],
    ['has no text', { policyText: null }],
    ['has no text, as text', '{"policyText":null}'],
  ])('has no policy when that %s', (_name, BucketPolicy) => {
    const form = { ...item, supplementaryConfiguration: { ...supplementary, BucketPolicy } };

    expect(bucketFromConfigurationItem(form).policy).toBeUndefined();
  });

  it('takes a policy as an object, and parts that are left out as not there', () => {
    expect(bucketFromApi({ Policy: JSON.parse(policyText) }).policy?.text).toBe(policyText);
    expect(bucketFromApi({ Name: 'photos' })).toMatchObject({ grants: [], website: false });
    expect(bucketFromApi({ Name: 'photos', PolicyStatus: { IsPublic: true } }).policyIsPublic).toBe(true);
  });
});

describe('an item of a bucket in which deciding parts were not recorded', () => {
  const judged = (parts: object) => {
    const bucket = bucketFromConfigurationItem({ ...item, supplementaryConfiguration: parts });
    const { compliance } = control.evaluate(bucket, { fix: 'surgical' });
    return { compliance, undecided: control.undecided?.(bucket, { fix: 'surgical' }) };
  };
  const privateAcl = JSON.stringify({ ...acl, grantList: [acl.grantList[0]] });
  const noPolicy = { policyText: null };

  it.each([
    ['neither', {}, 'AccessControlList and BucketPolicy'],
    ['no ACL', { BucketPolicy: noPolicy }, 'AccessControlList'],
    ['an ACL that is null', { AccessControlList: null, BucketPolicy: noPolicy }, 'AccessControlList'],
    [
      'an ACL that is null, as text',
      { AccessControlList: 'null', BucketPolicy: noPolicy },
      'AccessControlList',
    ],
    [
      'an ACL without grants',
      { AccessControlList: '{"grantSet":null,"grantList":null}', BucketPolicy: noPolicy },
      'AccessControlList',
    ],
    ['no policy', { AccessControlList: privateAcl }, 'BucketPolicy'],
    ['a policy that is null', { AccessControlList: privateAcl, BucketPolicy: null }, 'BucketPolicy'],
    ['a policy without its text', { AccessControlList: privateAcl, BucketPolicy: {} }, 'BucketPolicy'],
  ])('is undecided, and says what is missing: %s', (_name, parts, missing) => {
    expect(judged(parts)).toEqual({
      compliance: 'COMPLIANT',
      undecided: `Whether the bucket is public cannot be told: AWS Config did not record ${missing}.`,
    });
  });

  it.each([
    ['a public ACL', { AccessControlList: JSON.stringify(acl) }],
    ['a public policy', { BucketPolicy: { policyText } }],
  ])('is NON_COMPLIANT where what is there suffices: %s', (_name, parts) => {
    expect(judged(parts).compliance).toBe('NON_COMPLIANT');
  });

  it.each([
    ['all is there', { AccessControlList: privateAcl, BucketPolicy: noPolicy }],
    ['an ACL of nobody', { AccessControlList: '{"grantSet":null,"grantList":[]}', BucketPolicy: noPolicy }],
    [
      'the ACL is ignored',
      { BucketPolicy: noPolicy, PublicAccessBlockConfiguration: { ignorePublicAcls: true } },
    ],
    [
      'the ACL does not count',
      {
        BucketPolicy: noPolicy,
        OwnershipControls: { rules: [{ objectOwnership: 'BucketOwnerEnforced' }] },
      },
    ],
    [
      'a public policy is restricted',
      { AccessControlList: privateAcl, PublicAccessBlockConfiguration: { restrictPublicBuckets: true } },
    ],
  ])('is decided where it makes no difference: %s', (_name, parts) => {
    expect(judged(parts)).toEqual({ compliance: 'COMPLIANT', undecided: undefined });
  });

  it('is another matter than a live reading, which leaves out what is not there', () => {
    const live = bucketFromApi({ Name: 'photos' });

    expect(control.undecided?.(live, { fix: 'surgical' })).toBeUndefined();
  });
});

describe('input that is no bucket', () => {
  it.each([
    ['no part that is known', { foo: 1 }, 'should have at least one of Name, Policy'],
    ['text', 'photos', 'should be an object, and is "photos"'],
    ['a policy that is no JSON', { Policy: '{' }, 'Policy should be the JSON text of a policy'],
    ['grants that are no list', { Grants: {} }, 'Grants should be a list, and is an object'],
    [
      'a grant without grantee',
      { Grants: [{ Permission: 'READ' }] },
      'Grants[0].Grantee should be an object',
    ],
    ['a grantee without name', { Grants: [{ Grantee: {}, Permission: 'READ' }] }, 'URI, ID or EmailAddress'],
    [
      'a setting that is neither on nor off',
      { PublicAccessBlockConfiguration: { BlockPublicAcls: 1 } },
      'PublicAccessBlockConfiguration.BlockPublicAcls should be true or false',
    ],
  ])('is refused and says what and where: %s', (_name, input, words) => {
    expect(() => bucketFromApi(input)).toThrow(ResourceInputError);
    expect(() => bucketFromApi(input)).toThrow(words);
  });

  it.each([
    ['a deleted bucket', { ...item, configurationItemStatus: 'ResourceDeletedNotRecorded' }, 'deleted'],
    [
      'no supplementary configuration',
      { ...item, supplementaryConfiguration: undefined },
      'supplementaryConfiguration',
    ],
    [
      'an unknown group',
      {
        ...item,
        supplementaryConfiguration: {
          AccessControlList: '{"grantList":[{"grantee":"Nobody","permission":"Read"}]}',
        },
      },
      'Grants[0].Grantee',
    ],
  ])('is refused as an item: %s', (_name, input, words) => {
    expect(() => bucketFromConfigurationItem(input)).toThrow(ResourceInputError);
    expect(() => bucketFromConfigurationItem(input)).toThrow(words);
  });
});
