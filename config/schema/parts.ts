import * as z from 'zod';

/** A string that has to match; any other value, too, is answered with what would be right. */
export function text(pattern: RegExp, right: string) {
  return z.string({ error: right }).regex(pattern, { error: right });
}

/** A few words for people, of at most `longest` characters. */
export function words(longest: number, right: string) {
  return z
    .string({ error: right })
    .regex(/\S/, { error: `is empty: ${right}` })
    .max(longest, { error: `is longer than ${longest} characters; keep it short.` });
}

/** A whole number from `least`, which is 1 unless given, to `most`. */
export function countingNumber(most: number, what: string, least = 1) {
  const error = `${what}: a whole number from ${least} to ${most}.`;
  return z.int({ error }).min(least, { error }).max(most, { error });
}

/** A list without repetitions and with at least one entry. */
export function list<Item extends z.ZodType>(item: Item, what: string) {
  return z
    .array(item, { error: `a list of ${what}: at least one, each on a line of its own after "- ".` })
    .min(1, { error: `has to list at least one of the ${what}.` })
    .superRefine(refuseRepetitions);
}

/** A list without repetitions, which may be empty. */
export function listOrNothing<Item extends z.ZodType>(item: Item, what: string) {
  return emptyAs(
    [],
    z
      .array(item, { error: `a list of ${what}, each on a line of its own after "- ".` })
      .superRefine(refuseRepetitions),
  );
}

function refuseRepetitions(items: readonly unknown[], context: z.RefinementCtx): void {
  items.forEach((entry, index) => {
    const first = items.indexOf(entry);
    if (typeof entry !== 'string' || first === index) return;
    context.addIssue({ code: 'custom', path: [index], message: `stands in this list twice; remove one.` });
  });
}

/** A key whose entries are all commented out is empty, and says nothing. */
export function emptyAs<Inner extends z.ZodType>(nothing: object, inner: Inner) {
  return z.preprocess((value) => value ?? nothing, inner);
}

/** What is said where something else stands in a section's place. */
export const section = (what: string): { error: z.core.$ZodErrorMap } => ({
  error: (issue) => (issue.code === 'invalid_type' ? `${what}.` : undefined),
});
