import { cascade, fixCourse } from './cascade';
import type { Facts } from './facts';
import { moveQuestion } from './fix-questions';
import type { Course, TraceStep } from './question';

/** Whether the account is moved right before the fix nobody can foretell. */
const foretellable = cascade.filter((question) => question !== moveQuestion);

/** What would become of a finding, and what every question of the cascade answers. */
export interface Foretold {
  course: Course;
  /** Also the answers of the questions after the one that decides. */
  trace: TraceStep[];
  /** In a word. */
  ending: Ending;
  /** The answer that decided, a sentence for people. */
  why: string;
}

/** What becomes of something dangerous, in a word: its fix is made, it is only told, its fix may come later, or it stays. */
export type Ending = 'fixed' | 'reported' | 'waits' | 'left alone';

/**
 * Foretells the coordinator's decision by its own cascade. What is not known holds nothing. Pure.
 * @param unknown the answer of a question that needs what is not known, a sentence
 */
export function foretell(facts: Facts, unknown = 'It is not known here.'): Foretold {
  const trace: TraceStep[] = [];
  let course: Course | undefined;
  for (const { name: asked, ask } of foretellable) {
    const reply = ask(facts);
    if ('needs' in reply) trace.push({ asked, answer: unknown, decides: false });
    else {
      trace.push({ asked, answer: reply.answer, decides: !course && reply.course !== undefined });
      course ??= reply.course;
    }
  }
  const decided = course ?? fixCourse(facts);
  return { course: decided, trace, ending: endingOf(decided, trace), why: whyOf(decided, trace) };
}

function endingOf(course: Course, trace: readonly TraceStep[]): Ending {
  if (course.do !== 'record') return 'fixed';
  switch (course.state) {
    case 'reported':
      return 'reported';
    case 'waiting':
    case 'held':
      return 'waits';
    case 'failed':
      // A flag that cannot be told is no failure that another attempt mends.
      return trace.some(({ asked, decides }) => decides && asked === 'retry') ? 'waits' : 'left alone';
    default:
      return 'left alone';
  }
}

/** A fix is made because of its approval, or of the flag. */
function whyOf(course: Course, trace: readonly TraceStep[]): string {
  const reason = course.do === 'apply' && course.approvedAt !== undefined ? 'decision' : 'flag';
  const step = trace.find(({ decides }) => decides) ?? trace.find(({ asked }) => asked === reason);
  return step?.answer ?? '';
}
