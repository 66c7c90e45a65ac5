#!/usr/bin/env node
'use strict';

// `npm run bench`: sizes and times, as tables. `-- --quick` leaves out the runs of `npm start` and `npm test`.
const { setUp } = require('./setup');

setUp({ python: ['sandbox/requirements.txt'] });
process.env.AWS_SDK_JS_NODE_VERSION_SUPPORT_WARNING_DISABLED = 'true';
require('tsx/cjs/api').register();
void require('../bench/main.ts').main(process.argv.slice(2));
