import { secondsOf } from '../command';
import type { Measurement, MeasurementGroup } from '../measurement';

const title = 'times';

/** How long the templates take. */
export const synthTime: MeasurementGroup = {
  title,
  takes: 'seconds',
  async measure({ synthesized }) {
    const { seconds } = await synthesized();
    return [{ name: 'cdk synth', value: seconds, unit: 's', better: 'lower', limit: 8 }];
  },
};

/** What people wait for longer, from the command to its end. */
export const longTimes: MeasurementGroup = {
  title,
  takes: 'minutes',
  async measure({ root, progress }) {
    const measured: Measurement[] = [];
    for (const { name, script, limit } of [
      { name: 'npm start', script: 'scripts/start.js', limit: 60 },
      { name: 'npm test', script: 'scripts/test.js', limit: 240 },
    ]) {
      progress(`Running ${name} …`);
      const { seconds, status } = await secondsOf(root, process.execPath, [script]);
      const figure = { name, unit: 's', better: 'lower', limit } as const;
      measured.push(
        status === 0
          ? { ...figure, value: seconds }
          : { ...figure, value: Number.NaN, beside: `failed after ${seconds.toFixed(0)} s` },
      );
    }
    return measured;
  },
};
