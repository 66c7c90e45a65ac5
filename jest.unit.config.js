const { readdirSync, readFileSync } = require('node:fs');
const { join } = require('node:path');
const config = require('./jest.config');

const tests = join(__dirname, 'test');

/** Imports of what starts an emulator or a process, or synthesizes. */
const slow =
  /from '[^']*\/(support\/(moto|assembly|assemble|command)|end-to-end\/support)'|node:child_process/;

/** Folders of scenarios, and properties over whole worlds and over thousands of undone fixes. */
const long = [
  '/test/end-to-end/',
  '/test/faults/',
  '/test/infra/',
  '/test/sandbox/',
  '/test/scripts/',
  '/test/decision/foretold-is-decided.test.ts',
  '/test/resources/security-group/undo.test.ts',
  '/test/resources/bucket/undo.properties.test.ts',
];

const slowFiles = readdirSync(tests, { recursive: true })
  .map(String)
  .filter((file) => file.endsWith('.test.ts') && slow.test(readFileSync(join(tests, file), 'utf8')))
  .map((file) => `/test/${file.replaceAll('\\', '/')}`);

/** What needs no emulator, no synthesized template, no process of its own and no scenario with faults: `npm run test:unit`. */
module.exports = { ...config, testPathIgnorePatterns: [...long, ...slowFiles] };
