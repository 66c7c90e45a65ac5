import { readdirSync, readFileSync } from 'node:fs';
import { join } from 'node:path';

const directory = join(__dirname, '..', '..', 'operator');
const files = readdirSync(directory, { recursive: true, encoding: 'utf8' }).filter((name) =>
  name.endsWith('.ts'),
);

/** What only one face knows. */
const ofTheCommandLine: readonly [what: string, pattern: RegExp][] = [
  ['its streams', /\bprocess\.(?:stdout|stderr|stdin)\b|\bconsole\./],
  ['its environment', /\bprocess\.(?:env|cwd|argv|exit)\b/],
  ['an exit status', /exit ?(?:status|code)/i],
  ['an option', /(?<![\w-])--[a-z]/],
  [
    'a command',
    /\bstaunch (?:approve|coverage|deny|deploy|destroy|doctor|evaluate|exempt|explain|findings|init|patrol|pause|plan|resume|retry|show|structure|undo|validate|whoami)\b/,
  ],
  ['its libraries', /'(?:@clack|commander|picocolors|cli-table3)/],
];

describe('the library of what a person can do', () => {
  it.each(ofTheCommandLine)(
    'knows nothing of %s, since the command line is one face of several',
    (_, pattern) => {
      expect(files.length).toBeGreaterThan(30);
      expect(files.filter((name) => pattern.test(readFileSync(join(directory, name), 'utf8')))).toEqual([]);
    },
  );
});
