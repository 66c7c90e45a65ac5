import { randomBytes } from 'node:crypto';
import { mkdir, readdir, rename, rm } from 'node:fs/promises';
import { join } from 'node:path';
import type { Failures } from './failures';

/** Name of moto's log in the folder of a run. */
export const motoLog = 'moto.log';

const namePattern = /^sandbox-(\d+)-[0-9a-f]+$/;

/**
 * Makes the folder of a run, named after this process; folders of processes that are gone, because somebody killed them,
 * are removed on the way.
 * @param parent where the folders of all runs lie
 */
export async function runDirectory(parent: string): Promise<string> {
  await mkdir(parent, { recursive: true });
  await removeAbandoned(parent);
  const directory = join(parent, `sandbox-${process.pid}-${randomBytes(4).toString('hex')}`);
  await mkdir(directory);
  return directory;
}

/** Removes the folders of runs whose processes are gone. */
export async function removeAbandoned(parent: string): Promise<void> {
  for (const name of await readdir(parent)) {
    const owner = namePattern.exec(name)?.[1];
    if (owner !== undefined && !isAlive(Number(owner)))
      await rm(join(parent, name), { recursive: true, force: true });
  }
}

/** Removes the folder of a run. When the run failed, moto's log is kept, and `say` hears where. */
export async function removeRunDirectory(
  directory: string,
  failures: Failures,
  say: (text: string) => void,
): Promise<void> {
  if (failures.all.length > 0) {
    const kept = `${directory}-moto.log`;
    await rename(join(directory, motoLog), kept);
    say(`moto's log is in ${kept}.`);
  }
  await rm(directory, { recursive: true, force: true });
}

/** Signal 0 only asks whether the process is there. */
function isAlive(processId: number): boolean {
  try {
    process.kill(processId, 0);
    return true;
  } catch (error) {
    return (error as NodeJS.ErrnoException).code === 'EPERM';
  }
}
