import type { Hub } from '../../operator/hub/hub';
import { resume } from '../../operator/pause/resume';
import { answerText } from '../answer-text';
import { namedScope, type ScopeOptions } from '../pause/scope-options';
import { say } from '../say';
import { standardOutput } from '../terminal';
import { type HubOptions, withHub } from '../with-hub';

/** The options of `staunch resume`. */
export interface ResumeOptions extends ScopeOptions, HubOptions {}

/**
 * Turns the stop switch off.
 * @returns the exit status
 */
export async function runResume(options: ResumeOptions): Promise<number> {
  const done = await withHub(options, (hub) => resumeAndTell(hub, options));
  return done ? 0 : 1;
}

/** @returns whether it was resumed; the answer says what is still paused */
async function resumeAndTell(hub: Hub, options: ScopeOptions): Promise<boolean> {
  const answer = await resume(hub, namedScope(options));
  const names = await hub.names();
  say(answerText(answer, standardOutput().colours, names));
  return answer.done;
}
