#!/usr/bin/env node
'use strict';

// `npm run check`: everything that can be said about the project without running it. Runs every check, also when one
// fails, and says at the end which did; where types do not fit, the compiler's words are the last.
const { mkdirSync } = require('node:fs');
const { join } = require('node:path');
const { setUp, pythonProgram } = require('./setup');
const { rooms } = require('./rooms');
const { runAttached } = require('./setup/run');
const { runChecks } = require('./check/run-checks');

setUp({ python: ['sandbox/requirements.txt', 'infra/requirements.txt'] });

const root = join(__dirname, '..');
const assembly = join(root, '.staunch', 'check', 'cdk.out');
const program = (name) => join(root, 'node_modules', '.bin', name);
const typescript = ['--require', 'tsx/cjs'];

const checks = [
  ['types', program('tsc'), ['--noEmit']],
  ["types of the browser's page", program('tsc'), ['--noEmit', '--project', 'sandbox/slack/page/client']],
  ['lint and format', program('biome'), ['check', '--error-on-warnings', '.']],
  ['arrows between rooms', program('depcruise'), ['--config', '.dependency-cruiser.js', ...rooms]],
  [
    'synth',
    program('cdk'),
    [
      'synth',
      '--quiet',
      '--no-notices',
      '--output',
      assembly,
      '--context',
      'organization=infra/check/organization.yaml',
    ],
  ],
  ['cdk-nag', process.execPath, [...typescript, 'scripts/check/cdk-nag.ts']],
  [
    'cfn-lint',
    process.execPath,
    [...typescript, 'scripts/check/cfn-lint.ts', assembly, pythonProgram('cfn-lint')],
  ],
  [
    'IAM statements',
    process.execPath,
    [...typescript, 'scripts/check/iam-statements.ts', assembly, pythonProgram('python')],
  ],
];

async function main() {
  mkdirSync(assembly, { recursive: true });
  const run = (command, args) => runAttached(command, args, { cwd: root });
  const failed = await runChecks(checks, run, (line) => console.log(line));
  if (failed.length > 0) console.error(`Not in order: ${failed.join(', ')}`);
  process.exit(failed.length > 0 ? 1 : 0);
}

void main();
