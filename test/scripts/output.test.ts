import { spawnSync } from 'node:child_process';
import { existsSync } from 'node:fs';
import { join } from 'node:path';

const root = join(__dirname, '..', '..');
const run = (command: string) => spawnSync('bash', ['-c', command], { cwd: root, encoding: 'utf8' });
// Linux has a device that is always full: https://man7.org/linux/man-pages/man4/full.4.html
const onLinux = existsSync('/dev/full') ? it : it.skip;

describe('what cannot be printed', () => {
  onLinux.each([
    'help',
    '--help',
    'undo --help',
    'validate --schema',
    'validate',
    'evaluate --control s3-public-access test/scripts/output.test.ts',
  ])('ends %s with one message, and 1, where the disk is full', (words) => {
    const { status, stderr } = run(`node scripts/staunch.js ${words} > /dev/full`);

    expect(status).toBe(1);
    expect(stderr.match(/^Standard output cannot be written: its disk is full\./gm)).toHaveLength(1);
    expect(stderr).not.toMatch(/^\s+at /m);
  });

  it('ends silently, and with 141, where its reader has gone', () => {
    const { status, stderr } = run('set -o pipefail; node scripts/staunch.js help undo | (exec 0<&-)');

    expect([status, stderr]).toEqual([141, '']);
  });
});
