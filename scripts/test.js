#!/usr/bin/env node
'use strict';

// `npm test`: makes the checkout ready, then runs every test. Arguments go to Vitest.
const { join } = require('node:path');
const { setUp } = require('./setup');
const { runAttached } = require('./setup/run');

setUp({ python: ['sandbox/requirements.txt'] });
const vitest = join(__dirname, '..', 'node_modules', 'vitest', 'vitest.mjs');
runAttached(process.execPath, [vitest, 'run', ...process.argv.slice(2)]).then((status) =>
  process.exit(status),
);
