import { compilePolicy } from '../../config/compile';
import { loadPolicy, type PolicyFile } from '../policy-file';
import { alarmWarning } from './alarm-warning';
import { approvalWarning } from './approval-warning';
import { idAdvice } from './id-advice';
import { peopleWarnings } from './people-warnings';

/** A valid policy, and what is said of it, a line each. */
export interface ValidPolicy extends PolicyFile {
  /** What is likely to be wrong. */
  warnings: string[];
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
  const policy = compilePolicy(file.organization);
  const warnings = [alarmWarning(file.organization), approvalWarning(policy), ...peopleWarnings(policy)];
  const advice = idAdvice(policy);
  return {
    ...file,
    warnings: warnings.filter((warning) => warning !== undefined),
    ...(advice !== undefined && { advice }),
  };
}
