import { renameSync, rmSync, writeFileSync } from 'node:fs';

/**
 * Writes a file as a whole, or not at all: who reads it meanwhile sees what was there before.
 * @throws what the file system throws
 */
export function writeWhole(path: string, text: string): void {
  const beside = `${path}.${process.pid}.new`;
  try {
    writeFileSync(beside, text, { flag: 'wx' });
    renameSync(beside, path);
  } catch (error) {
    rmSync(beside, { force: true });
    throw error;
  }
}
