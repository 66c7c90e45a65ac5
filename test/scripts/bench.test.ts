import { spawnSync } from 'node:child_process';
import { join } from 'node:path';

/** Runs what `npm run bench` runs. */
function bench(...words: string[]) {
  const script = join(__dirname, '..', '..', 'scripts', 'bench.js');
  return spawnSync(process.execPath, [script, ...words], { encoding: 'utf8', timeout: 20_000 });
}

describe('npm run bench', () => {
  it.each(['--help', '-h'])('prints its help with %s, and measures nothing', (option) => {
    const { status, stdout, stderr } = bench(option);

    expect({ status, stderr }).toEqual({ status: 0, stderr: '' });
    expect(stdout).toContain('--quick     leaves out what takes minutes: npm start, npm test, the sandbox');
  });

  it('says so when it does not know an option, instead of measuring for minutes', () => {
    const { status, stdout, stderr } = bench('--qiuck');

    expect({ status, stdout }).toEqual({ status: 2, stdout: '' });
    expect(stderr).toContain('--qiuck');
    expect(stderr).toContain('Usage: npm run bench');
  });

  it('refuses to leave out and to add at once', () => {
    const { status, stdout, stderr } = bench('--quick', '--full');

    expect({ status, stdout }).toEqual({ status: 2, stdout: '' });
    expect(stderr).toContain('--quick and --full exclude each other.');
  });
});
