import type { Json } from '../../core/json';
import { errorCodeOf } from '../kit/aws-error';
import type { Reading } from '../kit/live-resource';
import { saidByTags } from '../kit/tags';
import { describeSecret, getPolicy, type SecretReads } from './calls';
import { secretKind } from './kind';
import { type Secret, secretFromApi } from './model';

/**
 * Reads everything that decides who can reach a secret, and until when its tag says that it is exempt. A secret that is to be deleted is
 * as good as gone: nobody can read it, nor its policy.
 * https://docs.aws.amazon.com/secretsmanager/latest/userguide/manage_delete-secret.html
 * @returns `gone` when there is no such secret
 */
export async function readSecret(access: SecretReads): Promise<Reading<Secret> | 'gone'> {
  try {
    const { CreatedDate, DeletedDate, Tags } = await describeSecret(access);
    if (DeletedDate !== undefined) return 'gone';
    const answered = { ARN: access.arn, CreatedDate, ResourcePolicy: await getPolicy(access) };
    // What the SDK answers here is JSON but for a date and undefined values.
    const before = JSON.parse(JSON.stringify(answered)) as Json;
    return { resource: secretFromApi(before), before, ...saidByTags(Tags) };
  } catch (error) {
    if (isGone(error)) return 'gone';
    throw error;
  }
}

/**
 * Reads what decides who can reach one of many secrets.
 * @returns `gone` when there is no such secret
 * @throws ResourceInputError when it cannot be understood; the service's own error when the call was refused
 */
export async function readSecretAmongMany(access: SecretReads): Promise<Secret | 'gone'> {
  try {
    return secretFromApi({ ARN: access.arn, ResourcePolicy: await getPolicy(access) });
  } catch (error) {
    if (isGone(error)) return 'gone';
    throw error;
  }
}

function isGone(error: unknown): boolean {
  return secretKind.gone.includes(errorCodeOf(error) ?? '');
}
