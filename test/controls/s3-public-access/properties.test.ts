import fc from 'fast-check';
import { ResourceInputError } from '../../../core/errors';
import { isPublicGrant } from '../../../resources/bucket/acl';
import { applyChanges } from '../../../resources/bucket/changes';
import {
  blockSettingNames,
  bucketFromApi,
  bucketFromConfigurationItem,
} from '../../../resources/bucket/model';
import { apiBuckets, damaged, harmlessStatements, runs } from '../support/arbitraries';
import { allUsers, evaluated, grant, planned, policy, statement } from '../support/buckets';

const buckets = apiBuckets.map(bucketFromApi);
const parameters = fc.constantFrom({}, { fix: 'lockdown' });
const harmless = new Set(
  fc.sample(harmlessStatements, { seed: 1, numRuns: 200 }).map((one) => JSON.stringify(one)),
);

describe('whatever the bucket', () => {
  it('complies after its plan, and the next plan is empty', () => {
    fc.assert(
      fc.property(buckets, parameters, (bucket, overrides) => {
        const after = applyChanges(bucket, planned(bucket, overrides).changes);

        expect(evaluated(after, overrides)).toEqual({ compliance: 'COMPLIANT', violations: [] });
        expect(planned(after, overrides).changes).toEqual([]);
      }),
      runs,
    );
  });

  it('has changes exactly when it is NON_COMPLIANT, and losses exactly when the plan is lossy', () => {
    fc.assert(
      fc.property(buckets, parameters, (bucket, overrides) => {
        const { changes, lossy, losses } = planned(bucket, overrides);

        expect(changes.length > 0).toBe(evaluated(bucket, overrides).compliance === 'NON_COMPLIANT');
        expect(lossy).toBe(losses.length > 0);
      }),
      runs,
    );
  });

  it('keeps every grant and statement that is not public, and every setting that is on', () => {
    fc.assert(
      fc.property(buckets, (bucket) => {
        const after = applyChanges(bucket, planned(bucket).changes);
        const statements = (bucket.policy?.statements ?? []).map((one) => JSON.stringify(one));
        const left = (after.policy?.statements ?? []).map((one) => JSON.stringify(one));

        expect(left.filter((one) => harmless.has(one))).toEqual(
          statements.filter((one) => harmless.has(one)),
        );
        expect(after.grants.filter((one) => !isPublicGrant(one))).toEqual(
          bucket.grants.filter((one) => !isPublicGrant(one)),
        );
        for (const name of blockSettingNames) {
          expect(after.publicAccessBlock[name]).toBe(
            bucket.publicAccessBlock[name] || after.publicAccessBlock[name],
          );
        }
      }),
      runs,
    );
  });

  it('keeps whom a statement names beside everybody', () => {
    fc.assert(
      fc.property(buckets, (bucket) => {
        const after = applyChanges(bucket, planned(bucket).changes);
        const naming = (resource: typeof bucket) =>
          (resource.policy?.statements ?? []).filter(({ Principal }) =>
            /111122223333|79a59df900b949e5/.test(JSON.stringify(Principal ?? '')),
          ).length;

        expect(naming(after)).toBe(naming(bucket));
      }),
      runs,
    );
  });
});

describe('whatever the input', () => {
  const text = JSON.stringify(policy(statement()));
  const conditioned = statement({
    Principal: { AWS: ['*'] },
    Condition: { StringEquals: { 'aws:SourceVpc': ['vpc-1'] } },
  });
  const api = {
    Name: 'photos',
    Policy: policy(statement(), conditioned),
    Grants: [grant(allUsers, 'READ')],
    Owner: { ID: 'x' },
    PublicAccessBlockConfiguration: { BlockPublicAcls: true },
    OwnershipControls: { Rules: [{ ObjectOwnership: 'ObjectWriter' }] },
    Website: {},
  };
  const item = {
    resourceName: 'photos',
    configuration: { name: 'photos' },
    supplementaryConfiguration: {
      AccessControlList: { grantList: [{ grantee: 'AllUsers', permission: 'Read' }], owner: { id: 'x' } },
      BucketPolicy: { policyText: text },
      PublicAccessBlockConfiguration: { blockPublicAcls: false },
    },
  };

  it.each([
    ['damaged answers', damaged(api), bucketFromApi],
    ['a damaged item', damaged(item), bucketFromConfigurationItem],
    ['a damaged policy', damaged(api.Policy).map((Policy) => ({ Policy })), bucketFromApi],
    ['anything', fc.anything(), bucketFromApi],
  ])('only a ResourceInputError is thrown: %s', (_name, inputs, read) => {
    fc.assert(
      fc.property(inputs, (input) => {
        try {
          const bucket = read(input);
          planned(bucket);
          planned(bucket, { fix: 'lockdown' });
          evaluated(bucket);
        } catch (error) {
          expect(error).toBeInstanceOf(ResourceInputError);
        }
      }),
      runs,
    );
  });
});
