import type { MeasurementGroup } from '../measurement';
import { roomForTypes } from '../twenty/room';
import { plannedTypes, withTwentyTypes } from '../twenty/with-twenty-types';

/** What grows with resource types, as it would be with twenty. */
export const room: MeasurementGroup = {
  title: `with ${plannedTypes} resource types`,
  takes: 'seconds',
  async measure({ root, directory, synthesized, progress }) {
    const { assembly } = await synthesized();
    progress(`Synthesizing with ${plannedTypes} resource types …`);
    return roomForTypes(assembly, withTwentyTypes(root, directory)).map(
      ({ name, unit, today, twenty, limit, fit }) => ({
        name,
        value: twenty,
        unit,
        better: 'lower',
        limit,
        beside: `${Math.round(today).toLocaleString('en-US')} today${fit === undefined ? '' : `; ${fit} types fit`}`,
      }),
    );
  },
};
