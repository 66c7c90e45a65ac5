import { existsSync } from 'node:fs';
import { join } from 'node:path';

/** The Python that holds moto: the project's own environment where set-up has made it, else the machine's. */
export function sandboxPython(projectDirectory: string): string {
  const own = join(projectDirectory, '.staunch', 'python', 'bin', 'python');
  return existsSync(own) ? own : 'python3';
}
