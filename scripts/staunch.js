#!/usr/bin/env node
'use strict';

// The staunch command from a checkout: its TypeScript is compiled when it has changed, and used again while it has not.
const { basename, dirname } = require('node:path');
const { fileURLToPath } = require('node:url');
const { endWhenUnwritable } = require('./output');
const { setUp } = require('./setup');
const { runCompiled } = require('./compiled/run');

setUp();
// The SDK's versions are pinned to those that support this Node.js; users of the command need no reminder of later ones.
process.env.AWS_SDK_JS_NODE_VERSION_SUPPORT_WARNING_DISABLED = 'true';
endWhenUnwritable();
const entries = { staunch: 'cli/main.ts', 'evaluate-worker': 'operator/evaluate/worker.ts' };
void runCompiled({ name: 'staunch', entries }, async (modules) => {
  const { main } = await import(modules.staunch);
  // The folder of the compiled modules is named by the digest of what they were compiled from.
  const sourcesDigest = basename(dirname(fileURLToPath(modules.staunch)));
  const parts = { evaluateWorker: modules['evaluate-worker'], sourcesDigest };
  const status = await main(process.argv.slice(2), parts);
  // Not before everything is written: a pipe takes its time. What still runs then is of no use to anybody.
  process.stdout.write('', (error) => {
    // Where it could not be written, the stream's error ends the process.
    if (!error) process.exit(status);
  });
});
