import { compilePolicy } from '../../config/compile';
import { loadPolicy, type PolicyFile } from '../policy-file';
import { alarmWarning } from './alarm-warning';
import { idAdvice } from './id-advice';

/** A valid policy, and what is said of it, a line each. */
export interface ValidPolicy extends PolicyFile {
  /** What is likely to be wrong. */
  warning?: string;
  /** What would be better. */
  advice?: string;
}

/**
 * Checks a policy file, offline.
 * @param name what it is called in messages
 * @throws OperatorError that lists everything that is wrong with it
 */
export function validatePolicy(path: string, name: string): ValidPolicy {
  const file = loadPolicy(path, name);
  const warning = alarmWarning(file.organization);
  const advice = idAdvice(compilePolicy(file.organization));
  return { ...file, ...(warning !== undefined && { warning }), ...(advice !== undefined && { advice }) };
}
