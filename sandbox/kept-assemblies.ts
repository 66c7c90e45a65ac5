import { createHash, randomUUID } from 'node:crypto';
import { mkdir, readdir, readFile, rename, rm, stat, utimes, writeFile } from 'node:fs/promises';
import { join } from 'node:path';
import { oneAtATime } from './one-at-a-time';

/** Lists an assembly's files with their digests; written last. */
const listName = 'files.json';
/** An assembly that nobody has used for so long is removed, in milliseconds. */
const staysFor = 7 * 24 * 60 * 60 * 1000;

/** What an assembly is made of. */
export interface AssemblySources {
  /** Of the project's sources. */
  digest: string;
  /** Text of the policy. */
  policy: string;
  /** The name of the policy's file, which decisions hold. */
  fileName: string;
  /** Text of the structure file beside it; absent where there is none. */
  structure?: string | undefined;
}

/**
 * Synthesized assemblies, which are used again while their sources are the same: a digest decides, not a time. Each appears whole,
 * by one renaming, and never changes, so that several sandboxes may use one at once. Where several processes want one that is not
 * there yet, one of them makes it and the others wait for that.
 */
export class KeptAssemblies {
  /** @param folder where they lie; need not be there yet */
  constructor(private readonly folder: string) {}

  /**
   * The assembly of these sources.
   * @param synthesize makes it in an empty folder, and returns where in it the assembly lies
   * @param signal ends the waiting for another process when it is aborted
   * @returns the assembly's folder
   */
  async of(
    sources: AssemblySources,
    synthesize: (into: string) => Promise<string>,
    signal?: AbortSignal,
  ): Promise<string> {
    const entry = join(this.folder, nameOf(sources));
    const found = await foundIn(entry);
    if (found !== undefined) return found;
    await mkdir(this.folder, { recursive: true });
    const make = async () => (await foundIn(entry)) ?? (await this.#make(entry, synthesize));
    return oneAtATime(`${entry}.lock`, make, signal);
  }

  /**
   * A folder for the functions' bundles, which the assemblies of the same sources share: another policy needs no other bundle. It
   * need not be there yet, and goes with the assemblies that nobody uses any more.
   * @param digest of the project's sources
   */
  bundles(digest: string): string {
    return join(this.folder, `bundles-${digest}-${process.version}`);
  }

  async #make(entry: string, synthesize: (into: string) => Promise<string>): Promise<string> {
    const fresh = join(this.folder, `new-${randomUUID()}`);
    await mkdir(fresh, { recursive: true });
    try {
      const assembly = (await synthesize(fresh)).slice(fresh.length + 1);
      await writeFile(join(fresh, listName), JSON.stringify({ assembly, files: await digestsIn(fresh) }));
      await this.#put(fresh, entry);
      await this.#removeOld(Date.now());
      return join(entry, assembly);
    } finally {
      await rm(fresh, { recursive: true, force: true });
    }
  }

  /** Where another process was faster its assembly is as good; a damaged one goes. */
  async #put(fresh: string, entry: string): Promise<void> {
    for (let attempt = 1; ; attempt += 1) {
      try {
        await rename(fresh, entry);
        return;
      } catch (error) {
        if (attempt === 5) throw error;
        if (await isIntact(entry)) return;
        await rm(entry, { recursive: true, force: true });
      }
    }
  }

  async #removeOld(now: number): Promise<void> {
    for (const name of await readdir(this.folder)) {
      const entry = join(this.folder, name);
      try {
        if (now - (await stat(entry)).mtimeMs > staysFor) await rm(entry, { recursive: true, force: true });
      } catch {
        // Another process is at it; what stays costs a little room.
      }
    }
  }
}

function nameOf({ digest, policy, fileName, structure }: AssemblySources): string {
  const parts = [digest, process.version, fileName, policy, structure ?? ''];
  return createHash('sha256').update(JSON.stringify(parts)).digest('hex').slice(0, 32);
}

interface List {
  /** Where the assembly lies in the entry. */
  assembly: string;
  files: Record<string, string>;
}

async function listOf(entry: string): Promise<List> {
  return JSON.parse(await readFile(join(entry, listName), 'utf8')) as List;
}

/** The assembly of an entry, which counts as used now; undefined where the entry is missing or damaged. */
async function foundIn(entry: string): Promise<string | undefined> {
  if (!(await isIntact(entry))) return undefined;
  const now = new Date();
  await utimes(entry, now, now);
  return join(entry, (await listOf(entry)).assembly);
}

async function isIntact(entry: string): Promise<boolean> {
  try {
    const { files } = await listOf(entry);
    const found = await digestsIn(entry);
    return Object.entries(files).every(([name, digest]) => found[name] === digest);
  } catch {
    return false;
  }
}

async function digestsIn(folder: string): Promise<Record<string, string>> {
  const entries = await readdir(folder, { recursive: true, withFileTypes: true });
  const files = entries.filter((entry) => entry.isFile() && entry.name !== listName);
  const digests = await Promise.all(
    files.map(async ({ parentPath, name }) => {
      const path = join(parentPath, name);
      const digest = createHash('sha256').update(await readFile(path));
      return [path.slice(folder.length + 1), digest.digest('hex')] as const;
    }),
  );
  return Object.fromEntries(digests);
}
