import { mkdtempSync, rmSync, writeFileSync } from 'node:fs';
import { tmpdir } from 'node:os';
import { join } from 'node:path';
import { CfnLintError, cfnLintFindings } from '../../infra/check/cfn-lint';

describe('cfnLintFindings', () => {
  let folder: string;

  beforeEach(() => {
    folder = mkdtempSync(join(tmpdir(), 'staunch-cfn-lint-test-'));
    writeFileSync(join(folder, 'manifest.json'), JSON.stringify({ artifacts: {} }));
  });

  afterEach(() => rmSync(folder, { recursive: true, force: true }));

  /** A stand-in for cfn-lint. */
  function command(script: string): string {
    const file = join(folder, 'cfn-lint');
    writeFileSync(file, `#!${process.execPath}\n${script}\n`, { mode: 0o755 });
    return file;
  }

  it('answers one line a finding, warnings too', () => {
    const linter = command(
      `console.log('a.json:1:1:W0001:first\\nb.json:2:1:E0002:second'); process.exitCode = 6;`,
    );
    expect(cfnLintFindings(folder, linter)).toEqual(['a.json:1:1:W0001:first', 'b.json:2:1:E0002:second']);
  });

  it('answers nothing when cfn-lint is content', () => {
    expect(cfnLintFindings(folder, command(''))).toEqual([]);
  });

  it('does not take a cfn-lint that crashes for one that is content', () => {
    const linter = command(`console.error('no such option'); process.exitCode = 32;`);
    expect(() => cfnLintFindings(folder, linter)).toThrow(CfnLintError);
    expect(() => cfnLintFindings(folder, linter)).toThrow(/32: no such option/);
  });

  it('names the command that cannot be started', () => {
    expect(() => cfnLintFindings(folder, '/no/such/cfn-lint')).toThrow(/started as \/no\/such\/cfn-lint/);
  });
});
