#!/usr/bin/env node
'use strict';

// `npm run bench`: what Staunch takes, as one table. `-- --help` says what; it needs no set-up.
const { parseArgs } = require('node:util');

const help = `Usage: npm run bench [-- options]

Measures the project on this machine, and prints one table: judging beside a few
naive lines, the start-up of functions beside an empty one, sizes of bundles and
templates, the room for twenty resource types, how long a fix takes in a calm
sandbox once the trail tells of the danger, and how long cdk synth, npm start
and npm test take, with the slowest files of the last whole npm test. Each
figure stands beside its limit and what it was in the last run; what misses its
limit is marked. Nothing fails on a figure. Each run adds a line to
.staunch/bench-history.jsonl.

Judging and start-up are measured in CPU time, which other programs lengthen
little. Run it on a quiet machine all the same.

Options:
  --quick     leaves out what takes minutes: npm start, npm test, the sandbox
  --full      adds what takes longer: a file of a million items
  --json      prints the figures as JSON
  -h, --help  prints this, and measures nothing

Exit status: 0 when everything was measured, 1 when something could not be, 2
when the command was not understood.`;

const { quick, full, json, help: isHelp } = optionsOf(process.argv.slice(2));
if (isHelp) console.log(help);
else void measure();

/** @param {string[]} words what follows the command's name */
function optionsOf(words) {
  const boolean = { type: 'boolean', default: false };
  try {
    const { values } = parseArgs({
      args: words,
      options: { quick: boolean, full: boolean, json: boolean, help: { ...boolean, short: 'h' } },
    });
    if (values.quick && values.full) throw new Error('--quick and --full exclude each other.');
    return values;
  } catch (error) {
    console.error(`${error.message}\n\n${help}`);
    process.exit(2);
  }
}

async function measure() {
  const { setUp } = require('./setup');
  setUp({ python: ['sandbox/requirements.txt'] });
  process.env.AWS_SDK_JS_NODE_VERSION_SUPPORT_WARNING_DISABLED = 'true';
  require('tsx/cjs/api').register();
  const extent = quick ? 'quick' : full ? 'full' : 'usual';
  const isWhole = await require('../bench/main.ts').main({ extent, json });
  if (!isWhole) process.exitCode = 1;
}
