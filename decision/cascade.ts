import { approvedAt, decisionOn } from './approval';
import { backlogQuestion } from './backlog';
import { exemptionQuestions } from './exemption-questions';
import type { AskedFacts, FactName, Facts } from './facts';
import { limitQuestion, moveQuestion, paceQuestions } from './fix-questions';
import { flagQuestions } from './flag-questions';
import { lookQuestions } from './look-questions';
import type { Course, Question, TraceStep } from './question';
import { stopQuestions } from './stop-questions';

/** What decides whether a resource is to be fixed. */
export const courseQuestions: readonly Question[] = [
  ...lookQuestions,
  ...exemptionQuestions,
  ...flagQuestions,
];
/** What every attempt at a fix has to pass. */
export const gateQuestions: readonly Question[] = [
  backlogQuestion,
  ...stopQuestions,
  ...paceQuestions,
  limitQuestion,
];
/** The whole cascade: what becomes of a finding. The first question that decides does. */
export const cascade: readonly Question[] = [...courseQuestions, ...gateQuestions, moveQuestion];

/** How far questions came with the facts that are known. */
export interface Progress {
  trace: TraceStep[];
  /** What has to be known to go on. */
  needs?: FactName;
  /** What was decided; absent, where nothing is needed either, when no question decides. */
  course?: Course;
}

/** Asks questions in their order, until one decides, or needs what is not known. Pure. */
export function ask(questions: readonly Question[], facts: Facts): Progress {
  const trace: TraceStep[] = [];
  for (const { name: asked, ask: answerOf } of questions) {
    const reply = answerOf(facts);
    if ('needs' in reply) return { trace, needs: reply.needs };
    const { answer, course } = reply;
    trace.push({ asked, answer, decides: course !== undefined });
    if (course) return { trace, course };
  }
  return { trace };
}

/** The course of a finding of which no question decides otherwise: its fix is made. */
export function fixCourse(facts: Facts): Course & { do: 'apply' } {
  const approved = approvedAt(facts);
  if (approved === undefined) return { do: 'apply', applyLossy: facts.policy.lossy === 'apply' };
  return { do: 'apply', applyLossy: decisionOn(facts)?.lossy === true, approvedAt: approved };
}

/** Finds out what is asked for. A source sees what is known by then. */
export type Sources = { [Name in FactName]?: (facts: Facts) => Promise<AskedFacts[Name]> };

/**
 * Asks questions in their order, and finds out what each needs right before it is asked: nothing is read, or taken out of a limit,
 * for a question that is not reached.
 * @returns the facts that are known then, too
 * @throws what a source throws
 */
export async function askWith(
  questions: readonly Question[],
  known: Facts,
  sources: Sources,
): Promise<Progress & { facts: Facts }> {
  let facts = known;
  for (;;) {
    const progress = ask(questions, facts);
    if (progress.needs === undefined) return { ...progress, facts };
    const source: ((facts: Facts) => Promise<unknown>) | undefined = sources[progress.needs];
    if (!source) throw new Error(`Nobody can tell ${progress.needs}.`);
    facts = { ...facts, [progress.needs]: await source(facts) };
  }
}
