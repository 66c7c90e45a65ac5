#!/usr/bin/env node
'use strict';

// The staunch command from a checkout: TypeScript is run as it is, there is no build step.
const { setUp } = require('./setup');

setUp();
// The SDK's versions are pinned to those that support this Node.js; users of the command need no reminder of later ones.
process.env.AWS_SDK_JS_NODE_VERSION_SUPPORT_WARNING_DISABLED = 'true';
require('tsx/cjs/api').register();
require('../cli/main.ts')
  .main(process.argv.slice(2))
  .then((status) => {
    // Not before everything is written: a pipe takes its time. What still runs then is of no use to anybody.
    process.stdout.write('', () => process.exit(status));
  });
