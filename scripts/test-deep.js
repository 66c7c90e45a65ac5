#!/usr/bin/env node
'use strict';

// `npm run test:deep`: makes the checkout ready, then runs what takes too long for every run. Arguments go to Vitest.
const { join } = require('node:path');
const { setUp } = require('./setup');
const { runAttached } = require('./setup/run');

setUp({ python: ['sandbox/requirements.txt'] });
const root = join(__dirname, '..');
const vitest = join(root, 'node_modules', 'vitest', 'vitest.mjs');
const options = ['run', '--config', join(root, 'vitest.deep.config.mts'), ...process.argv.slice(2)];
runAttached(process.execPath, [vitest, ...options]).then((status) => process.exit(status));
