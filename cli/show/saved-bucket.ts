import type { Json } from '../../core/json';
import { printable } from '../../operator/text/printable';
import { type BlockSettings, blockSettingNames, bucketFromApi } from '../../resources/bucket/model';
import { grantLine } from './grant-line';
import { jsonTextLines } from './json-diff';

/**
 * A bucket that was saved, as lines: everything that decides who can reach it.
 * @param saved what S3's API answered, as `bucketFromApi` takes it
 * @throws ResourceInputError when it cannot be understood
 */
export function savedBucketLines(saved: Json): string[] {
  const bucket = bucketFromApi(saved);
  const grants = bucket.grants.map(grantLine);
  return [
    `name: ${printable(bucket.name)}`,
    `object ownership: ${printable(bucket.objectOwnership ?? 'not set')}`,
    `website: ${bucket.website ? 'yes' : 'no'}`,
    'block public access:',
    ...settingsLines(bucket.publicAccessBlock),
    'block public access of the account:',
    ...settingsLines(bucket.accountPublicAccessBlock),
    ...(grants.length === 0 ? ['grants: none'] : ['grants:', ...grants.sort().map((line) => `  ${line}`)]),
    ...(bucket.policy === undefined ? ['policy: none'] : ['policy:', ...jsonTextLines(bucket.policy.text)]),
  ];
}

function settingsLines(settings: BlockSettings): string[] {
  return blockSettingNames.map((name) => `  ${name}: ${settings[name]}`);
}
