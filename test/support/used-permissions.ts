import { appendFileSync, existsSync, mkdirSync, readdirSync, readFileSync } from 'node:fs';
import { basename, join } from 'node:path';
import { Access } from '../../sandbox/gateway/access';
import { runDirectory } from './run-directory';

/** One permission that a role used: `staunch-coordinator sqs:ReceiveMessage`. */
export type UsedPermission = string;

const folder = () => join(runDirectory(), 'used-permissions');

/**
 * Has every sandbox of this worker note which permissions of roles its calls needed, and had; for the test that comes last. Call it
 * once a worker.
 */
export function noteUsedPermissions(): void {
  const noted = new Set<string>();
  const { decide } = Access.prototype;
  Access.prototype.decide = function (this: Access, request) {
    const decision = decide.call(this, request);
    const role = request.principal.roleArn?.split('/').at(-1);
    if (!decision.allowed || role === undefined) return decision;
    const line = `${basename(expect.getState().testPath ?? '')}\t${role} ${request.action}\n`;
    if (noted.has(line)) return decision;
    noted.add(line);
    mkdirSync(folder(), { recursive: true });
    appendFileSync(join(folder(), String(process.pid)), line);
    return decision;
  };
}

/** What this run has noted so far, by the test files in which it was used. */
export function usedPermissions(): ReadonlyMap<string, ReadonlySet<UsedPermission>> {
  const found = new Map<string, Set<UsedPermission>>();
  if (!existsSync(folder())) return found;
  for (const name of readdirSync(folder()))
    for (const line of readFileSync(join(folder(), name), 'utf8').trimEnd().split('\n')) {
      const [file = '', used = ''] = line.split('\t');
      found.set(file, (found.get(file) ?? new Set()).add(used));
    }
  return found;
}
