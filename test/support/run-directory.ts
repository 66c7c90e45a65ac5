import { join } from 'node:path';

/** Names the folder of one run of the tests; set by the global set-up, and inherited by its workers. */
const variable = 'STAUNCH_TEST_RUN';

/** The project's root. */
export const projectDirectory = join(__dirname, '..', '..');

/** Gives this run of the tests a folder of its own. */
export function nameRun(name: string): void {
  process.env[variable] = name;
}

/** The folder that the test files of one run of the tests share; removed when the run ends. */
export function runDirectory(): string {
  return join(projectDirectory, '.staunch', `test-${process.env[variable] ?? 'without-set-up'}`);
}
