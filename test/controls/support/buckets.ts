import * as z from 'zod/mini';
import { control } from '../../../controls/s3-public-access';
import { plan } from '../../../controls/s3-public-access/plan';
import { type Bucket, bucketFromApi } from '../../../resources/bucket/model';

export const allUsers = 'http://acs.amazonaws.com/groups/global/AllUsers';
export const authenticatedUsers = 'http://acs.amazonaws.com/groups/global/AuthenticatedUsers';

/** A grant as GetBucketAcl answers it. */
export function grant(grantee: string, Permission: string): object {
  const Grantee = grantee.startsWith('http')
    ? { Type: 'Group', URI: grantee }
    : { Type: 'CanonicalUser', ID: grantee, DisplayName: grantee };
  return { Grantee, Permission };
}

/** A statement that allows everybody to read, with parts of it replaced; undefined removes one. */
export function statement(overrides: object = {}): object {
  return {
    Effect: 'Allow',
    Principal: '*',
    Action: 's3:GetObject',
    Resource: 'arn:aws:s3:::photos/*',
    ...overrides,
  };
}

export function policy(...Statement: object[]): object {
  return { Version: '2012-10-17', Statement };
}

export function bucket(responses: object = {}): Bucket {
  return bucketFromApi({ Name: 'photos', ...responses });
}

export function evaluated(resource: Bucket, overrides: object = {}) {
  return control.evaluate(resource, z.parse(control.parameters, overrides));
}

export function planned(resource: Bucket, overrides: object = {}) {
  return plan(resource, z.parse(control.parameters, overrides));
}
