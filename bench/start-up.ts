import { mkdir, writeFile } from 'node:fs/promises';
import { join } from 'node:path';
import { Worker } from 'node:worker_threads';
import type { DeployedFunction } from './functions';

/** How often each function is started; the median counts. */
const starts = 7;

/**
 * Milliseconds from the start of a thread until the function's bundle is loaded, each beside an empty function's. The
 * AWS SDK is loaded with it, as in Lambda: hub functions bring it.
 * @param directory a folder inside the project, from which the AWS SDK of rule functions resolves
 */
export async function startUpTimes(functions: DeployedFunction[], directory: string): Promise<string[][]> {
  const empty = await startUp(
    { name: 'empty', code: 'exports.handler = async () => {};', variables: {}, files: {} },
    directory,
  );
  const rows = [['an empty function', empty.toFixed(0), '']];
  for (const one of functions) {
    const milliseconds = await startUp(one, directory);
    rows.push([one.name, milliseconds.toFixed(0), `+${(milliseconds - empty).toFixed(0)}`]);
  }
  return rows;
}

async function startUp(one: DeployedFunction, directory: string): Promise<number> {
  const folder = join(directory, one.name);
  await mkdir(folder, { recursive: true });
  for (const [name, text] of Object.entries({ ...one.files, 'index.js': one.code }))
    await writeFile(join(folder, name), text);
  const measured: number[] = [];
  for (let start = 0; start < starts; start += 1)
    measured.push(await loadOnce(join(folder, 'index.js'), one.variables));
  return measured.toSorted((first, second) => first - second)[Math.floor(starts / 2)] ?? Number.NaN;
}

function loadOnce(file: string, variables: Record<string, string>): Promise<number> {
  const begin = performance.now();
  const worker = new Worker(file, {
    env: {
      AWS_REGION: 'eu-west-1',
      AWS_SDK_JS_NODE_VERSION_SUPPORT_WARNING_DISABLED: 'true',
      ...variables,
    },
    execArgv: [],
  });
  return new Promise((resolve, reject) => {
    worker.on('error', reject);
    // A loaded bundle leaves nothing to do, so the thread ends by itself.
    worker.on('exit', () => resolve(performance.now() - begin));
  });
}
