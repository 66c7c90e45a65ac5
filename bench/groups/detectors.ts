import { fixByTrail } from '../detectors/fix-by-trail';
import type { MeasurementGroup } from '../measurement';
import { median } from '../median';

/** So many changes, one after the other. */
const changes = 20;

/**
 * How long a danger stands open in a calm sandbox: from the call that opens a group until its fix was verified and reported, where
 * CloudTrail's event takes no time. What that takes in AWS comes on top, and AWS promises no time for it.
 */
export const detectors: MeasurementGroup = {
  title: 'detectors, in a calm sandbox',
  takes: 'minutes',
  async measure({ root, progress }) {
    progress(`Opening ${changes} groups in a sandbox, one after the other …`);
    const times = await fixByTrail(root, changes);
    const seconds = (stage: keyof (typeof times)[number]) => median(times.map((each) => each[stage]));
    const after = (stage: keyof (typeof times)[number]) => seconds(stage).toFixed(2);
    return [
      {
        name: 'change to verified fix, by the trail',
        value: seconds('fixed'),
        unit: 's',
        better: 'lower',
        limit: 0.5,
        beside: `queued ${after('queued')}, look ${after('looked')}, fix ${after('fixing')}, closed ${after('closed')} s`,
      },
    ];
  },
};
