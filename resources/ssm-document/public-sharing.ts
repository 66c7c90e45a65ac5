import { notUnderstood } from '../kit/input';
import type { SharingBlock } from '../kit/share-list/shared-resource';

/** The setting of an account and Region by which documents may be shared with everybody, or not. */
export const publicSharingSetting = '/ssm/documents/console/public-sharing-permission';

/**
 * What the setting keeps out. Documents that are shared already stay so:
 * https://docs.aws.amazon.com/systems-manager/latest/userguide/documents-ssm-sharing.html#block-public-access
 * @param value as GetServiceSetting answers it
 * @throws ResourceInputError when AWS answers a value that is not known here
 */
export function blockOf(value: unknown): SharingBlock {
  if (value === 'Disable') return 'new';
  if (value === 'Enable') return 'none';
  throw notUnderstood('ServiceSetting.SettingValue', 'Enable or Disable', value);
}
