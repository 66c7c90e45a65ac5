import { latestOrderEnd, mostDaysAhead } from '../../../core/order-end';
import { utc } from '../../../core/utc';
import { fieldIds, longestReason, takesForm, takesReason } from '../forms';
import { type FormMetadata, formMetadata } from '../metadata';
import type { ViewSubmission } from './payload';

/** What a form says, or what of it is not right, by the field's block. */
export type Submitted =
  | { form: FormMetadata; reason?: string; until?: string }
  | { errors: Record<string, string> };

/**
 * Reads a form that was sent off.
 * @returns undefined for a form that is none of Staunch's
 */
export function submittedForm({ view }: ViewSubmission, now: Date): Submitted | undefined {
  const form = formMetadata(view.private_metadata);
  if (!form || !takesForm(form.action)) return undefined;
  const { order } = form.action;
  const { values } = view.state;
  const reason = (values[fieldIds.reason]?.[fieldIds.reason]?.value ?? '').trim();
  const seconds = values[fieldIds.until]?.[fieldIds.until]?.selected_date_time ?? undefined;
  const takesUntil = order === 'exempt' || order === 'undo';
  const errors = {
    ...(reason === '' && takesReason(form.action) && { [fieldIds.reason]: 'Say why, in a sentence.' }),
    ...(reason.length > longestReason && {
      [fieldIds.reason]: `At most ${longestReason} characters; it has ${reason.length}.`,
    }),
    ...(/\p{Surrogate}/u.test(reason) && { [fieldIds.reason]: 'It holds half a character.' }),
    ...(takesUntil && untilError(seconds, now)),
  };
  if (Object.keys(errors).length > 0) return { errors };
  return {
    form,
    ...(reason !== '' && { reason }),
    ...(takesUntil && seconds !== undefined && { until: new Date(seconds * 1_000).toISOString() }),
  };
}

function untilError(seconds: number | undefined, now: Date): Record<string, string> | undefined {
  const wrong = (text: string) => ({ [fieldIds.until]: text });
  if (seconds === undefined) return wrong('Say when it ends.');
  if (seconds * 1_000 <= now.getTime()) return wrong(`It has to end in the future: it is ${utc(now)} now.`);
  if (seconds * 1_000 > latestOrderEnd(now).getTime())
    return wrong(`It may end ${mostDaysAhead} days ahead at most. What lasts longer belongs in the policy.`);
  return undefined;
}
