#!/usr/bin/env node
'use strict';

// `npm test`: makes the checkout ready, then runs every test. Arguments go to Vitest. What a whole run took is recorded.
const { join } = require('node:path');
const { setUp } = require('./setup');
const { runAttached } = require('./setup/run');
const { runRecorded } = require('./test-times');

setUp({ python: ['sandbox/requirements.txt'] });
const root = join(__dirname, '..');
const vitest = join(root, 'node_modules', 'vitest', 'vitest.mjs');
const run = (words) => runAttached(process.execPath, [vitest, 'run', ...words]);
runRecorded(process.argv.slice(2), run, root).then((status) => process.exit(status));
