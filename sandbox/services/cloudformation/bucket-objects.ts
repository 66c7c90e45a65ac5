import { createHash } from 'node:crypto';
import { mkdir, writeFile } from 'node:fs/promises';
import { join } from 'node:path';
import { GetObjectCommand, S3Client } from '@aws-sdk/client-s3';
import type { ClientOf } from '../../cloudformation/clients';
import type { FindAsset } from '../../cloudformation/stack-sets/definition';
import type { Place } from '../../events';
import { UnsupportedError } from '../../failures';
import { unzip } from './unzip';

/** The objects of buckets that templates name: their files and folders on this machine. */
export interface BucketObjects {
  /** Finds the objects that a stack of this place names; each is fetched once. */
  assetsOf(place: Place): FindAsset;
  /** The text of an object by its URL. */
  textAt(place: Place, url: string): Promise<string>;
}

/**
 * Reads objects as an administrator of the account whose stack names them.
 * @param directory where they are kept; it is created when the first is
 */
export function createBucketObjects(clientOf: ClientOf, directory: string): BucketObjects {
  const known = new Map<string, Promise<string>>();
  const bytesOf = async (place: Place, Bucket: string, Key: string): Promise<Buffer> => {
    const { Body } = await clientOf(place, S3Client).send(new GetObjectCommand({ Bucket, Key }));
    return Buffer.from((await Body?.transformToByteArray()) ?? []);
  };
  const fetchOne = async (place: Place, bucket: string, key: string): Promise<string> => {
    const bytes = await bytesOf(place, bucket, key);
    const path = join(directory, createHash('sha256').update(`${bucket}/${key}`).digest('hex'));
    await mkdir(directory, { recursive: true });
    // A function's code comes as an archive.
    if (key.endsWith('.zip')) await unzip(bytes, path);
    else await writeFile(path, bytes);
    return path;
  };
  return {
    assetsOf: (place) => (bucket, key) => {
      const name = `${bucket}/${key}`;
      const found = known.get(name) ?? fetchOne(place, bucket, key);
      known.set(name, found);
      return found;
    },
    async textAt(place, url) {
      const { bucket, key } = objectAt(url);
      return (await bytesOf(place, bucket, key)).toString('utf8');
    },
  };
}

/**
 * The bucket and key of an object's URL in path style, as CDK writes it: of AWS's endpoint, or of the gateway.
 * @throws UnsupportedError for another form
 */
export function objectAt(url: string): { bucket: string; key: string } {
  const [, bucket, key] = /^https?:\/\/(?:s3\.[^/]+|127\.0\.0\.1:\d+)\/([^/]+)\/([^?]+)/.exec(url) ?? [];
  if (bucket && key) return { bucket, key };
  throw new UnsupportedError(`The sandbox does not support a template's URL of this form: ${url}`);
}
