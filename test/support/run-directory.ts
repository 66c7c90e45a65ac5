import { join } from 'node:path';

/** Names the folder of one run of Jest; set by the global set-up, and inherited by Jest's workers. */
const variable = 'STAUNCH_TEST_RUN';

/** The project's root. */
export const projectDirectory = join(__dirname, '..', '..');

/** Gives this run of Jest a folder of its own. */
export function nameRun(name: string): void {
  process.env[variable] = name;
}

/** The folder that the test files of one run of Jest share; removed when the run ends. */
export function runDirectory(): string {
  return join(projectDirectory, '.staunch', `test-${process.env[variable] ?? 'without-set-up'}`);
}
