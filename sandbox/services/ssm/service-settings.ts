import type { ApiAnswer, ApiCall } from '../../gateway/api';
import { ApiError } from '../../gateway/protocols/errors';

/** The operations on the settings of an account and Region. */
export const settingOperations: readonly string[] = [
  'GetServiceSetting',
  'UpdateServiceSetting',
  'ResetServiceSetting',
];

/** The one setting that the sandbox knows. */
export const publicSharing = '/ssm/documents/console/public-sharing-permission';

type Place = Pick<ApiCall, 'accountId' | 'region'>;

/** What Systems Manager knows and moto does not: whether documents may be shared with everybody. At first they may. */
export class ServiceSettings {
  readonly #values = new Map<string, string>();

  /** The value of the setting. */
  publicSharing(place: Place): string {
    return this.#values.get(keyOf(place)) ?? 'Enable';
  }

  /**
   * Answers in moto's place.
   * https://docs.aws.amazon.com/systems-manager/latest/APIReference/API_UpdateServiceSetting.html
   * @throws ApiError as Systems Manager would answer
   */
  answer(call: ApiCall): ApiAnswer {
    const { operation, parameters } = call;
    if (settingIn(parameters) !== publicSharing) {
      throw new ApiError('ServiceSettingNotFound', 'The specified service setting was not found.');
    }
    if (operation === 'UpdateServiceSetting') {
      const value = String(parameters.SettingValue);
      if (value !== 'Enable' && value !== 'Disable') {
        throw new ApiError('ValidationException', `SettingValue is Enable or Disable, and not ${value}.`);
      }
      this.#values.set(keyOf(call), value);
      return json({});
    }
    const before = this.#setting(call);
    if (operation === 'ResetServiceSetting') this.#values.delete(keyOf(call));
    return json({ ServiceSetting: operation === 'ResetServiceSetting' ? this.#setting(call) : before });
  }

  /**
   * Refuses what Systems Manager refuses and moto lets through. AWS documents no code of its own for it:
   * https://docs.aws.amazon.com/systems-manager/latest/userguide/documents-ssm-sharing.html#block-public-access
   * @throws ApiError as Systems Manager would answer
   */
  check(call: ApiCall): void {
    const { operation, parameters } = call;
    if (operation !== 'ModifyDocumentPermission' || this.publicSharing(call) === 'Enable') return;
    const added = Array.isArray(parameters.AccountIdsToAdd) ? parameters.AccountIdsToAdd : [];
    if (added.some((id) => String(id).toLowerCase() === 'all')) {
      throw new ApiError('InvalidPermissionType', 'Public sharing of documents is blocked for this account.');
    }
  }

  #setting({ accountId, region }: Place): object {
    const isSet = this.#values.has(keyOf({ accountId, region }));
    return {
      SettingId: publicSharing,
      SettingValue: this.publicSharing({ accountId, region }),
      ARN: `arn:aws:ssm:${region}:${accountId}:servicesetting${publicSharing}`,
      Status: isSet ? 'Customized' : 'Default',
    };
  }
}

/** The id of the setting that a call names, by itself or by its ARN. */
export function settingIn({ SettingId }: ApiCall['parameters']): string {
  return String(SettingId).replace(/^arn:[^:]+:ssm:[^:]*:\d*:servicesetting/, '');
}

function keyOf({ accountId, region }: Place): string {
  return `${accountId} ${region}`;
}

function json(body: object): ApiAnswer {
  return {
    status: 200,
    headers: { 'content-type': 'application/x-amz-json-1.1' },
    body: JSON.stringify(body),
  };
}
