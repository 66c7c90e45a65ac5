#!/usr/bin/env node
'use strict';

// `npm run docs`: writes anew what the pages hold of the code, between the marks `<!-- made of the code: … -->`.
const { setUp } = require('./setup');

setUp();
require('tsx/cjs/api').register();
const { writePages } = require('./docs/pages.ts');

for (const page of writePages()) console.log(`Written: ${page}`);
