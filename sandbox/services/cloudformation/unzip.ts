import { mkdir, writeFile } from 'node:fs/promises';
import { dirname, join, normalize, sep } from 'node:path';
import { inflateRawSync } from 'node:zlib';

/** Signatures of a ZIP archive's records: https://pkware.cachefly.net/webdocs/casestudies/APPNOTE.TXT */
const endOfDirectory = 0x06054b50;
const directoryEntry = 0x02014b50;

/** Thrown for what is no ZIP archive, or one whose files would lie outside of the folder. */
export class ArchiveError extends Error {
  override readonly name = 'ArchiveError';
}

/**
 * Writes the files of a ZIP archive into a folder. Archives of functions hold nothing but stored and deflated files.
 * @throws ArchiveError
 */
export async function unzip(archive: Buffer, directory: string): Promise<void> {
  await mkdir(directory, { recursive: true });
  for (const { name, data } of filesIn(archive)) {
    const path = normalize(join(directory, name));
    if (!path.startsWith(directory + sep)) throw new ArchiveError(`${name} lies outside of the archive.`);
    await mkdir(dirname(path), { recursive: true });
    await writeFile(path, data);
  }
}

function filesIn(archive: Buffer): { name: string; data: Buffer }[] {
  const end = archive.lastIndexOf(Buffer.from([0x50, 0x4b, 0x05, 0x06]));
  if (end < 0 || archive.readUInt32LE(end) !== endOfDirectory) throw new ArchiveError('This is no archive.');
  const files: { name: string; data: Buffer }[] = [];
  let at = archive.readUInt32LE(end + 16);
  for (let left = archive.readUInt16LE(end + 10); left > 0; left -= 1) {
    if (archive.readUInt32LE(at) !== directoryEntry) throw new ArchiveError('The archive is damaged.');
    const method = archive.readUInt16LE(at + 10);
    const size = archive.readUInt32LE(at + 20);
    const [nameLength, extraLength, commentLength] = [28, 30, 32].map((offset) =>
      archive.readUInt16LE(at + offset),
    ) as [number, number, number];
    const name = archive.toString('utf8', at + 46, at + 46 + nameLength);
    if (!name.endsWith('/')) files.push({ name, data: dataAt(archive, at, method, size) });
    at += 46 + nameLength + extraLength + commentLength;
  }
  return files;
}

function dataAt(archive: Buffer, entry: number, method: number, size: number): Buffer {
  const header = archive.readUInt32LE(entry + 42);
  const start = header + 30 + archive.readUInt16LE(header + 26) + archive.readUInt16LE(header + 28);
  const data = archive.subarray(start, start + size);
  if (method === 0) return data;
  if (method === 8) return inflateRawSync(data);
  throw new ArchiveError(`The archive is compressed in a way that is not known: ${method}.`);
}
