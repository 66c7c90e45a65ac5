import type { FactName, Facts } from './facts';
import type { FindingRuling } from './finding-ruling';
import type { Verdict } from './verdict';

/** What becomes of a finding: it is recorded in a state, or the fix is made. */
export type Course =
  /** `approvedAt`: when a person approved that very plan. */
  | { do: 'apply'; applyLossy: boolean; approvedAt?: string }
  | ({ do: 'record' } & Verdict)
  /** The policy says something else of it by now: everything is asked anew. */
  | { do: 'ask-anew'; ruling: FindingRuling };

/** What a question answers: what it needs to know first, or a sentence for people, with the course where it decides. */
export type Reply = { needs: FactName } | { answer: string; course?: Course };

/** The names of the questions, in the order in which they are asked. */
export const questionNames = [
  'region',
  'target',
  'record',
  'place',
  'tries',
  'look',
  'undo',
  'exemption',
  'tag',
  'flag',
  'decision',
  'approval',
  'loss',
  'retry',
  'backlog',
  'stop',
  'freeze',
  'names',
  'pause',
  'reach',
  'limit',
  'move',
] as const;
export type QuestionName = (typeof questionNames)[number];

/** One question of the cascade. Pure. */
export interface Question {
  name: QuestionName;
  ask(facts: Facts): Reply;
}

/** What one question answered. */
export interface TraceStep {
  asked: QuestionName;
  /** A sentence for people. It may quote strangers' text: escape it where it is shown. */
  answer: string;
  /** Whether it decided; one step of a trace does at most. */
  decides: boolean;
}

/** A reply that decides for a state. */
export function recorded(verdict: Verdict, answer = verdict.reason ?? ''): Reply {
  return { answer, course: { do: 'record', ...verdict } };
}

/** The verdict of a course that is recorded; undefined for another one, and where nothing was decided. */
export function verdictOf(course: Course | undefined): Verdict | undefined {
  if (course?.do !== 'record') return undefined;
  const { do: _do, ...verdict } = course;
  return verdict;
}
