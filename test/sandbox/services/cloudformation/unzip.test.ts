import { mkdtempSync, readFileSync, rmSync } from 'node:fs';
import { tmpdir } from 'node:os';
import { join } from 'node:path';
import { deflateRawSync } from 'node:zlib';
import { ArchiveError, unzip } from '../../../../sandbox/services/cloudformation/unzip';

/** A ZIP archive of these files, every other one deflated. */
function archiveOf(files: Record<string, string>): Buffer {
  const locals: Buffer[] = [];
  const entries: Buffer[] = [];
  let offset = 0;
  for (const [index, [name, text]] of Object.entries(files).entries()) {
    const method = index % 2 === 0 ? 8 : 0;
    const data = method === 8 ? deflateRawSync(text) : Buffer.from(text);
    const local = Buffer.alloc(30);
    local.writeUInt32LE(0x04034b50, 0);
    local.writeUInt16LE(name.length, 26);
    const entry = Buffer.alloc(46);
    entry.writeUInt32LE(0x02014b50, 0);
    entry.writeUInt16LE(method, 10);
    entry.writeUInt32LE(data.length, 20);
    entry.writeUInt16LE(name.length, 28);
    entry.writeUInt32LE(offset, 42);
    entries.push(entry, Buffer.from(name));
    locals.push(local, Buffer.from(name), data);
    offset += 30 + name.length + data.length;
  }
  const end = Buffer.alloc(22);
  end.writeUInt32LE(0x06054b50, 0);
  end.writeUInt16LE(Object.keys(files).length, 10);
  end.writeUInt32LE(offset, 16);
  return Buffer.concat([...locals, ...entries, end]);
}

describe('unzip', () => {
  let directory: string;
  beforeAll(() => {
    directory = mkdtempSync(join(tmpdir(), 'staunch-unzip-'));
  });
  afterAll(() => rmSync(directory, { recursive: true }));

  it('writes files that are deflated, stored, and in folders', async () => {
    await unzip(archiveOf({ 'index.js': 'exports.a = 1;', 'lib/other.js': 'b' }), directory);
    expect(readFileSync(join(directory, 'index.js'), 'utf8')).toBe('exports.a = 1;');
    expect(readFileSync(join(directory, 'lib', 'other.js'), 'utf8')).toBe('b');
  });

  it('refuses a file that would lie outside, and what is no archive', async () => {
    await expect(unzip(archiveOf({ '../outside.js': 'a' }), directory)).rejects.toThrow(ArchiveError);
    await expect(unzip(Buffer.from('text'), directory)).rejects.toThrow(ArchiveError);
  });
});
