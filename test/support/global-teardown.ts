import { rm } from 'node:fs/promises';
import { runDirectory } from './run-directory';

/** After all test files. */
export default async function globalTeardown(): Promise<void> {
  await rm(runDirectory(), { recursive: true, force: true });
}
