#!/usr/bin/env node
'use strict';

// `npm run test:deep`: makes the checkout ready, then runs what takes too long for every run. Arguments go to Jest.
const { join } = require('node:path');
const { setUp } = require('./setup');
const { runAttached } = require('./setup/run');

setUp({ python: ['sandbox/requirements.txt'] });
const root = join(__dirname, '..');
const jest = join(root, 'node_modules', 'jest', 'bin', 'jest.js');
const options = ['--config', join(root, 'jest.deep.config.js'), ...process.argv.slice(2)];
runAttached(process.execPath, [jest, ...options]).then((status) => process.exit(status));
