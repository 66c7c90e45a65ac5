/** One thing that is wrong with the policy file. */
export interface PolicyProblem {
  /** The file, as it was named by whoever asked for it. */
  file: string;
  /** Line from 1; absent where the file as a whole is meant, for example when it cannot be read. */
  line?: number;
  /** Column from 1, in characters. */
  column?: number;
  /** Path of the key, for example `autoResponse.accounts.111122223333`; empty for the file as a whole. */
  key: string;
  /** The offending value as it stands in the file, cut when long; absent where something is missing. */
  value?: string;
  /** What is wrong, and what would be right. */
  message: string;
}

/** A problem on one line: `config/organization.yaml:4:12 hub.region: "Ireland": not a Region; …`. */
export function formatProblem(problem: PolicyProblem): string {
  const place = [problem.file, problem.line, problem.column].filter((part) => part !== undefined).join(':');
  const parts = [problem.key, problem.value].filter((part) => part !== undefined && part !== '');
  // A place without a line needs a mark between the file's name and what is said of it.
  return `${place}${problem.line === undefined ? ':' : ''} ${[...parts, problem.message].join(': ')}`;
}

/** Thrown when the organization's policy cannot be used. It lists everything that has to be corrected. */
export class PolicyError extends Error {
  override readonly name = 'PolicyError';

  /** @param problems at least one, in the order of the file */
  constructor(readonly problems: readonly PolicyProblem[]) {
    const count = problems.length === 1 ? 'this problem' : `these ${problems.length} problems`;
    super(
      `The policy cannot be used. Correct ${count}:\n${problems.map((p) => `  ${formatProblem(p)}`).join('\n')}`,
    );
  }
}
