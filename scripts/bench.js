#!/usr/bin/env node
'use strict';

// `npm run bench`: sizes and times, as tables. `-- --help` says which; it needs no set-up.
const { parseArgs } = require('node:util');

const help = `Usage: npm run bench [-- --quick]

Measures the project on this machine, and prints tables: sizes of templates and bundles, the room for twenty resource
types in member templates and role policies, start-up of the functions, evaluations a second, and how long cdk synth, npm start and
npm test take. Figures stand beside their limits; nothing here fails on them.

Options:
  --quick     leaves out the runs of npm start and npm test
  -h, --help  prints this, and measures nothing

Exit status: 0 when everything was measured, 1 when it could not be, 2 when the command was not understood.`;

const options = optionsOf(process.argv.slice(2));
if (options.help) console.log(help);
else measure(options.quick);

/** @param {string[]} words what follows the command's name */
function optionsOf(words) {
  const boolean = { type: 'boolean', default: false };
  try {
    return parseArgs({ args: words, options: { quick: boolean, help: { ...boolean, short: 'h' } } }).values;
  } catch (error) {
    console.error(`${error.message}\n\n${help}`);
    process.exit(2);
  }
}

/** @param {boolean} quick whether to leave out `npm start` and `npm test` */
function measure(quick) {
  const { setUp } = require('./setup');
  setUp({ python: ['sandbox/requirements.txt'] });
  process.env.AWS_SDK_JS_NODE_VERSION_SUPPORT_WARNING_DISABLED = 'true';
  require('tsx/cjs/api').register();
  void require('../bench/main.ts').main({ quick });
}
