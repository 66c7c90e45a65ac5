import type { ApiAnswer, ApiCall } from '../../gateway/api';
import { ApiError } from '../../gateway/protocols/errors';

/** The operations on service settings. */
export const settingOperations: readonly string[] = [
  'GetServiceSetting',
  'UpdateServiceSetting',
  'ResetServiceSetting',
];

/** The setting that decides whether documents can be shared with everybody. */
export const publicSharing = 'ssm/documents/console/public-sharing-permission';

/** The values that a setting takes, its default first. */
const values = ['Enable', 'Disable'];

/** The setting's name in an id: with a slash before it, or in an ARN. */
export function settingName(id: unknown): string {
  return String(id)
    .replace(/^arn:[^/]*:servicesetting/, '')
    .replace(/^\//, '');
}

/** The setting of each account and Region; sharing with everybody is allowed at first. */
export class PublicSharing {
  readonly #set = new Map<string, string>();

  valueOf(place: Pick<ApiCall, 'accountId' | 'region'>): string {
    return this.#set.get(keyOf(place)) ?? 'Enable';
  }

  /** @param value undefined for the default */
  set(place: Pick<ApiCall, 'accountId' | 'region'>, value: string | undefined): void {
    if (value === undefined) this.#set.delete(keyOf(place));
    else this.#set.set(keyOf(place), value);
  }

  /** Whether it was set, and not left as it is at first. */
  isSet(place: Pick<ApiCall, 'accountId' | 'region'>): boolean {
    return this.#set.has(keyOf(place));
  }
}

function keyOf({ accountId, region }: Pick<ApiCall, 'accountId' | 'region'>): string {
  return `${accountId} ${region}`;
}

/**
 * Answers in moto's place.
 * https://docs.aws.amazon.com/systems-manager/latest/APIReference/API_UpdateServiceSetting.html
 * @throws ApiError as SSM would answer
 */
export function answerSetting(call: ApiCall, sharing: PublicSharing, now: number): ApiAnswer {
  const { operation, accountId, region, parameters } = call;
  const { SettingId, SettingValue } = parameters;
  if (settingName(SettingId) !== publicSharing) {
    throw new ApiError('ServiceSettingNotFound', `The sandbox knows no setting ${String(SettingId)}.`);
  }
  if (operation === 'UpdateServiceSetting') {
    if (!values.includes(String(SettingValue))) {
      throw new ApiError('ValidationException', `The setting takes ${values.join(' or ')}.`);
    }
    sharing.set(call, String(SettingValue));
    return json({});
  }
  if (operation === 'ResetServiceSetting') sharing.set(call, undefined);
  return json({
    ServiceSetting: {
      SettingId: `/${publicSharing}`,
      SettingValue: sharing.valueOf(call),
      LastModifiedDate: now / 1_000,
      ARN: `arn:aws:ssm:${region}:${accountId}:servicesetting/${publicSharing}`,
      Status: sharing.isSet(call) ? 'Customized' : 'Default',
    },
  });
}

function json(value: object): ApiAnswer {
  return {
    status: 200,
    headers: { 'content-type': 'application/x-amz-json-1.1' },
    body: JSON.stringify(value),
  };
}
