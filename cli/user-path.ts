import { resolve } from 'node:path';

/**
 * A path as the person at the keyboard meant it. npm runs scripts in the project's folder, and names the folder that it was
 * called from in INIT_CWD: https://docs.npmjs.com/cli/v11/using-npm/scripts
 */
export function userPath(path: string): string {
  return resolve(process.env.INIT_CWD ?? process.cwd(), path);
}
