import { calls } from './groups/calls';
import { commandLine } from './groups/command-line';
import { organizationCommands } from './groups/commands';
import { detectors } from './groups/detectors';
import { fullFile, usualFile } from './groups/evaluate-file';
import { judging } from './groups/judging';
import { organization } from './groups/organization';
import { patrol } from './groups/patrol';
import { room } from './groups/room';
import { sizes } from './groups/sizes';
import { slackStorm } from './groups/slack-storm';
import { startUp } from './groups/start-up';
import { tests } from './groups/tests';
import { throughput } from './groups/throughput';
import { longTimes, synthTime } from './groups/times';
import type { MeasurementGroup } from './measurement';

/** All that the bench measures, in the order of the table. A new group of figures is a file in `bench/groups/`, and a line here. */
export const measurementGroups: readonly MeasurementGroup[] = [
  judging,
  usualFile,
  fullFile,
  commandLine,
  startUp,
  calls,
  throughput,
  patrol,
  slackStorm,
  organization,
  organizationCommands,
  sizes,
  room,
  detectors,
  synthTime,
  longTimes,
  // After a run of the tests, whose record it shows.
  tests,
];
