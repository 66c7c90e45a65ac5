import * as z from 'zod/mini';
import { cut } from './cut';

/** So many resources are named; of more, there is the count. */
export const mostDeputiesNamed = 10;
/** Longer ids are cut; they are only told. */
export const longestDeputyName = 200;

/** How many resources of a type one control reports, and the first of them by their ids. */
export const deputyCountSchema = z.object({
  control: z.string().check(z.minLength(1), z.maxLength(128)),
  count: z.int().check(z.minimum(1)),
  named: z.array(z.string().check(z.maxLength(longestDeputyName))).check(z.maxLength(mostDeputiesNamed)),
});

/** What the controls of a type report; none has more controls than this. */
export const deputyCountsSchema = z.array(deputyCountSchema).check(z.maxLength(20));

/**
 * How many resources have a policy that lets in one of AWS's services, whosever request it acts on, by one control that has this
 * reported; and the first of them by their ids. The ids are strangers' text: escape them where they are shown.
 */
export type DeputyCount = z.infer<typeof deputyCountSchema>;

/**
 * What is known after some more resources. The order in which resources come does not matter. Pure.
 * @param more resources that were not counted yet, each with the id of a control that reports it
 */
export function withDeputies(
  known: readonly DeputyCount[],
  more: readonly { control: string; id: string }[],
): DeputyCount[] {
  const counts = new Map(known.map((one) => [one.control, one]));
  for (const { control, id } of more) {
    const { count, named } = counts.get(control) ?? { count: 0, named: [] };
    const names = [...named, cut(id, longestDeputyName)].sort().slice(0, mostDeputiesNamed);
    counts.set(control, { control, count: count + 1, named: names });
  }
  return [...counts.values()].sort((one, other) => (one.control < other.control ? -1 : 1));
}
