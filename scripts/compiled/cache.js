'use strict';

const { createHash, randomUUID } = require('node:crypto');
const {
  mkdirSync,
  readdirSync,
  readFileSync,
  renameSync,
  rmSync,
  statSync,
  unlinkSync,
  writeFileSync,
} = require('node:fs');
const { join } = require('node:path');

/** Lists an entry's files with their digests; written last. */
const listName = 'files.json';
const usedBy = 'used-by-';
/** For so long an entry stays after it was used last: who has just begun to use it may not have said so yet. */
const staysFor = 10 * 60 * 1000;

/**
 * Compiled code, by what it was compiled from. An entry appears whole, by one renaming, and never changes. Several processes
 * may use it at once, and all of them may write the same entry.
 */
class Cache {
  /** @param {string} folder where its entries lie; need not be there yet */
  constructor(folder) {
    this.folder = folder;
  }

  /**
   * The entry of that name, for as long as this process lives.
   * @returns {string | undefined} its folder; undefined where there is none, or some of it is missing or damaged
   */
  find(name) {
    const entry = join(this.folder, name);
    // Before it is looked at, so that nobody removes it in between.
    return markUsed(entry) && isIntact(entry) ? entry : undefined;
  }

  /**
   * Writes an entry, in place of a damaged one; where another process was faster, its entry is as good.
   * @param {(folder: string) => Promise<void>} fill writes the entry's files into an empty folder
   * @returns {Promise<string>} its folder
   */
  async write(name, fill) {
    const entry = join(this.folder, name);
    const fresh = join(this.folder, `new-${randomUUID()}`);
    mkdirSync(fresh, { recursive: true });
    try {
      markUsed(fresh);
      await fill(fresh);
      writeFileSync(join(fresh, listName), JSON.stringify(digestsIn(fresh)));
      this.#put(fresh, entry);
    } finally {
      rmSync(fresh, { recursive: true, force: true });
    }
    return entry;
  }

  #put(fresh, entry) {
    for (let attempt = 1; ; attempt += 1) {
      try {
        renameSync(fresh, entry);
        markUsed(entry);
        return;
      } catch (error) {
        if (attempt === 10 || !['ENOTEMPTY', 'EEXIST', 'EPERM'].includes(error.code)) throw error;
        if (markUsed(entry) && isIntact(entry)) return;
        this.#remove(entry);
      }
    }
  }

  /**
   * Removes the entries that no living process uses, and nobody has used lately.
   * @param {string} but the name of the one that stays
   * @param {number} now milliseconds since 1970
   */
  removeUnused(but, now = Date.now()) {
    for (const name of readdirSync(this.folder)) {
      const entry = join(this.folder, name);
      if (name === but || isInUse(entry, now)) continue;
      try {
        this.#remove(entry);
      } catch {
        // It stays for another time, and costs a little room.
      }
    }
  }

  /** First out of the way, in one step: nobody finds half an entry. */
  #remove(entry) {
    const away = join(this.folder, `old-${randomUUID()}`);
    try {
      renameSync(entry, away);
    } catch (error) {
      // Another process was faster.
      if (error.code === 'ENOENT') return;
      throw error;
    }
    rmSync(away, { recursive: true, force: true });
  }
}

/**
 * Says that this process uses the entry, until it ends.
 * @returns {boolean} whether there is such an entry
 */
function markUsed(entry) {
  const mark = join(entry, `${usedBy}${process.pid}`);
  try {
    writeFileSync(mark, '');
  } catch (error) {
    if (error.code === 'ENOENT' || error.code === 'ENOTDIR') return false;
    // Who may not write here cannot remove anything either.
    if (error.code === 'EACCES' || error.code === 'EROFS') return true;
    throw error;
  }
  process.once('exit', () => {
    try {
      unlinkSync(mark);
    } catch {
      // It goes with the entry, then.
    }
  });
  return true;
}

/** A folder's time says when somebody began or ended to use it: a mark came or went. */
function isInUse(entry, now) {
  try {
    if (now - statSync(entry).mtimeMs < staysFor) return true;
    return readdirSync(entry).some(
      (name) => name.startsWith(usedBy) && isAlive(Number(name.slice(usedBy.length))),
    );
  } catch (error) {
    // Another process has removed it; or it is no folder, and nobody's.
    if (error.code === 'ENOENT' || error.code === 'ENOTDIR') return false;
    throw error;
  }
}

function isAlive(pid) {
  try {
    return process.kill(pid, 0);
  } catch (error) {
    return error.code === 'EPERM';
  }
}

function isIntact(entry) {
  try {
    const wanted = JSON.parse(readFileSync(join(entry, listName), 'utf8'));
    return Object.entries(wanted).every(([name, digest]) => digestOfFile(join(entry, name)) === digest);
  } catch {
    return false;
  }
}

/** Of the code alone: nothing depends on its maps. */
function digestsIn(folder) {
  const names = readdirSync(folder, { recursive: true }).filter((name) => name.endsWith('.mjs'));
  return Object.fromEntries(names.map((name) => [name, digestOfFile(join(folder, name))]));
}

function digestOfFile(path) {
  return createHash('sha256').update(readFileSync(path)).digest('hex');
}

module.exports = { Cache };
