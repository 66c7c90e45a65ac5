import type { CustomControl } from '../../controls/control';
import { undecided, type Verdict } from '../../controls/verdict';
import { type JudgedItem, judge } from './verdict';

/** Where an account's setting is read from. Each throws when AWS cannot be asked. */
export interface SettingSources {
  /** The setting as it is now; null where the account has none. */
  now(): Promise<unknown>;
  /** What AWS Config recorded of it. */
  recorded(): Promise<RecordedSetting>;
}

/** What AWS Config recorded of an account's setting: null where the account had none. */
export interface RecordedSetting {
  /** When the item was captured; undefined where that is not known. */
  whenCaptured: string | null | undefined;
  /** Whatever it has been since then. */
  since: (string | null)[];
}

/** A verdict, and what kept the function from a better one. */
export interface Judgement {
  verdict: Verdict;
  /** Why the account's setting could not be read; the whole invocation is worth another try. */
  error?: unknown;
}

/**
 * Judges an item, and where the account's setting may decide, by that setting too. The setting is not read where the item
 * alone says that the resource complies. Where it cannot be read nothing is decided, and the hub looks.
 * @param isChange false when AWS Config hands over what it recorded some time ago, so that the setting may have been another
 *   then: the item may hide what the setting kept from view
 */
export async function judgeUnderAccount(
  control: CustomControl,
  judged: JudgedItem,
  isChange: boolean,
  sources: SettingSources,
): Promise<Judgement> {
  let verdict = judge(control, judged);
  const { accountSetting, underAccountSetting } = control;
  if (accountSetting === undefined || underAccountSetting === undefined) return { verdict };
  try {
    let reading: Promise<unknown> | undefined;
    const settingNow = () => {
      reading ??= sources.now();
      return reading;
    };
    if (verdict.hubMustLook) {
      verdict = judge(control, judged, { now: await settingNow(), hid: false });
    }
    if (isChange || verdict.compliance !== 'COMPLIANT') return { verdict };

    const resource = control.fromConfigurationItem(judged.item);
    if (!underAccountSetting.hides(resource, undefined)) return { verdict };
    const { whenCaptured, since } = await sources.recorded();
    if (!underAccountSetting.hides(resource, whenCaptured)) return { verdict };
    verdict = judge(control, judged, { now: await settingNow(), hid: true });
    // While the setting was off the hub was told; what it found is over.
    const wasShown = since.some((setting) => !underAccountSetting.hides(resource, setting));
    return { verdict: { ...verdict, hubMustLook: verdict.hubMustLook || wasShown } };
  } catch (error) {
    const name = error instanceof Error ? error.name : 'an unknown error';
    return { verdict: undecided(`${accountSetting} of the account could not be read: ${name}.`), error };
  }
}
