#!/usr/bin/env node
'use strict';

// `npm start`: makes the checkout ready, then runs the sandbox. The tool itself is `staunch sandbox`.
const { setUp } = require('./setup');

setUp({ python: ['sandbox/requirements.txt'] });
process.argv.splice(2, 0, 'sandbox');
require('./staunch');
