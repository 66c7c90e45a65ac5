import type { CustomControl } from '../../controls/control';
import { customControls } from '../../controls/registry';
import { factsOf } from '../../resources/resource-types';
import { inTurn } from '../in-turn';
import { itemsOf } from '../items/registry';
import { naiveJudges } from '../naive';

/** Which items are judged, and how far. */
export type Course = 'harmless' | 'a third dangerous' | 'dangerous' | 'dangerous, planned';

/** How a control did on one course. */
export interface CourseResult {
  control: string;
  course: Course;
  /** Items a second of CPU time, from their JSON. */
  ours: number;
  naive: number;
  /** Ours by naive's, of the same rounds. */
  ratio: number;
}

type Judge = (text: string) => boolean;

const seed = 20_261_123;
/** Of each type; enough for `perRun` dangerous ones of each control. */
const itemCount = 8_000;
/** Items of a run, each judged `laps` times. */
const perRun = 600;
const laps = 4;

/**
 * Judges items of every control from their JSON, by the control and naively in turn. It is bundled as functions are, and runs in a
 * process of its own: what tsx makes of a module is slower than what is deployed.
 */
export function contest(): CourseResult[] {
  const judged = customControls.filter(({ resourceType }) => factsOf(resourceType).isRecorded);
  return judged.flatMap((control) => {
    const naively = naiveJudges[control.id];
    if (naively === undefined) throw new Error(`bench/naive.ts has nothing for ${control.id}.`);
    const texts = itemsOf(control.resourceType, itemCount, seed).map((item) => JSON.stringify(item));
    return coursesOf(control as CustomControl, naively, texts);
  });
}

function coursesOf(control: CustomControl, naively: Judge, texts: string[]): CourseResult[] {
  const parameters = control.parameters.parse({});
  const verdict = (text: string) => judged(control, parameters, text, false);
  const withPlan = (text: string) => judged(control, parameters, text, true);
  const dangerous = texts.filter(verdict).slice(0, perRun);
  const harmless = texts.filter((text) => !verdict(text)).slice(0, perRun);
  const mixed = harmless.map((text, index) =>
    index % 3 === 2 ? (dangerous[index % dangerous.length] ?? text) : text,
  );
  const courses: [Course, string[], Judge][] = [
    ['harmless', harmless, verdict],
    ['a third dangerous', mixed, verdict],
    ['dangerous', dangerous, verdict],
    ['dangerous, planned', dangerous, withPlan],
  ];
  return courses.map(([course, own, judge]) => {
    const run = (by: Judge) => () => {
      for (let lap = 0; lap < laps; lap += 1) for (const text of own) by(text);
    };
    const spent = () => process.cpuUsage().user / 1e6;
    const compared = inTurn({ ours: run(judge), theirs: run(naively) }, { rounds: 31, warmUps: 4, spent });
    const judgings = own.length * laps;
    return {
      control: control.id,
      course,
      ours: judgings / compared.ours,
      naive: judgings / compared.theirs,
      ratio: compared.ratio,
    };
  });
}

/** Whether an item, as JSON, is dangerous; `withPlan` plans for it, too. */
function judged(control: CustomControl, parameters: unknown, text: string, withPlan: boolean): boolean {
  const item: unknown = JSON.parse(text);
  const short = control.evaluateItem?.(item, parameters);
  if (short !== undefined && (!withPlan || short.violations.length === 0)) return short.violations.length > 0;
  const resource = control.fromConfigurationItem(item);
  const { violations } = short ?? control.evaluate(resource, parameters);
  if (withPlan) control.plan(resource, violations, parameters);
  return violations.length > 0;
}

console.log(JSON.stringify(contest()));
