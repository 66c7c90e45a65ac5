import type { ApiAnswer } from '../../gateway/api';
import type { MotoConnection, MotoRequest } from '../../gateway/moto-connection';
import { withSingleGrants } from './grant-headers';

/**
 * Has moto create a bucket. moto takes a path without a slash at its end for an object's, and overlooks grant headers
 * here: the ACL is set by a second call.
 */
export async function createBucket(
  bucketName: string,
  request: MotoRequest,
  moto: MotoConnection,
): Promise<ApiAnswer> {
  const headers = Object.entries(request.headers);
  const isAcl = ([name]: [string, string]) => name === 'x-amz-acl' || name.startsWith('x-amz-grant-');
  const created = await moto.send({
    ...request,
    url: `/${bucketName}/`,
    headers: Object.fromEntries(headers.filter((header) => !isAcl(header))),
  });
  const acl = Object.fromEntries(headers.filter(isAcl));
  if (created.status !== 200 || Object.keys(acl).length === 0) return created;
  const { authorization = '', host = '' } = request.headers;
  const set = await moto.send({
    ...request,
    url: `/${bucketName}?acl`,
    headers: { authorization, host, ...withSingleGrants(acl) },
    body: Buffer.alloc(0),
  });
  return set.status === 200 ? created : set;
}
