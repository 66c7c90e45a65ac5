import { readdirSync, readFileSync } from 'node:fs';
import { join } from 'node:path';
import { defineConfig } from 'vitest/config';
import config from './vitest.config.mts';

const tests = join(import.meta.dirname, 'test');

/** Imports of what starts an emulator or a process, or synthesizes. */
const slow =
  /from '[^']*\/(support\/(moto|assembly|assemble|command)|end-to-end\/support)'|node:child_process/;

/** Folders of scenarios, and properties over whole worlds and over thousands of undone fixes. */
const long = [
  'test/browser/**',
  'test/end-to-end/**',
  'test/faults/**',
  'test/infra/**',
  'test/neighbours/**',
  'test/sandbox/**',
  'test/scripts/**',
  'test/decision/foretold-is-decided.test.ts',
  'test/resources/security-group/undo.properties.test.ts',
  'test/resources/bucket/undo.properties.test.ts',
];

const slowFiles = readdirSync(tests, { recursive: true })
  .map(String)
  .filter((file) => file.endsWith('.test.ts') && slow.test(readFileSync(join(tests, file), 'utf8')))
  .map((file) => `test/${file.replaceAll('\\', '/')}`);

/** What needs no emulator, no synthesized template, no process of its own and no scenario with faults: `npm run test:unit`. */
export default defineConfig({ test: { ...config.test, exclude: [...long, ...slowFiles] } });
