'use strict';

// Loads a bundle as Lambda does when it starts a function, in a process of its own, and prints what that took as JSON:
// `node bench/load-function.js FILE`.

const begin = process.cpuUsage();
const beginTime = performance.now();
require(process.argv[2]);
const { user, system } = process.cpuUsage(begin);
const milliseconds = performance.now() - beginTime;

process.stdout.write(JSON.stringify({ cpu: (user + system) / 1000, clock: milliseconds }));
