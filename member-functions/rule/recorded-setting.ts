import type { RecordedSetting } from './judging';

/** What of a setting's configuration item counts. */
interface SettingItem {
  configuration?: string | null | undefined;
  configurationItemCaptureTime?: Date | undefined;
  configurationItemStatus?: string | undefined;
}

/**
 * What AWS Config recorded of an account's setting at a time, and since. Pure.
 * @param newestFirst the setting's configuration items
 */
export function settingAt(newestFirst: readonly SettingItem[], at: Date): RecordedSetting {
  const isBefore = ({ configurationItemCaptureTime: time }: SettingItem) => time !== undefined && time <= at;
  const since = newestFirst.filter((item) => !isBefore(item)).map(settingIn);
  const before = newestFirst.find(isBefore);
  if (before !== undefined) return { whenCaptured: settingIn(before), since };
  const first = newestFirst.at(-1);
  if (first === undefined) return { whenCaptured: null, since };
  // A discovery records what is there in no order, and may find the setting after what it decides about.
  const wasThere = first.configurationItemStatus === 'ResourceDiscovered';
  return { whenCaptured: wasThere ? settingIn(first) : undefined, since };
}

function settingIn({ configuration }: SettingItem): string | null {
  return configuration ?? null;
}
