#!/usr/bin/env node
'use strict';

// The staunch command from a checkout: its TypeScript is compiled when it has changed, and used again while it has not.
const { setUp } = require('./setup');
const { runCompiled } = require('./compiled/run');

setUp();
// The SDK's versions are pinned to those that support this Node.js; users of the command need no reminder of later ones.
process.env.AWS_SDK_JS_NODE_VERSION_SUPPORT_WARNING_DISABLED = 'true';
void runCompiled({ name: 'staunch', entries: { staunch: 'cli/main.ts' } }, async ({ staunch }) => {
  const { main } = await import(staunch);
  const status = await main(process.argv.slice(2));
  // Not before everything is written: a pipe takes its time. What still runs then is of no use to anybody.
  process.stdout.write('', () => process.exit(status));
});
