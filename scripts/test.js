#!/usr/bin/env node
'use strict';

// `npm test`: makes the checkout ready, then runs every test. Arguments go to Jest.
const { join } = require('node:path');
const { setUp } = require('./setup');
const { runAttached } = require('./setup/run');

setUp({ python: ['sandbox/requirements.txt'] });
const jest = join(__dirname, '..', 'node_modules', 'jest', 'bin', 'jest.js');
runAttached(process.execPath, [jest, ...process.argv.slice(2)]).then((status) => process.exit(status));
