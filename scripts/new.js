#!/usr/bin/env node
'use strict';

// npm run new -- resource <AWS::Service::Type> <slug>
// npm run new -- control <id> <AWS::Service::Type>
// Writes the skeleton of a resource type or a control, with its lines in the registries.
const { setUp } = require('./setup');

setUp();
require('tsx/cjs/api').register();
const { join } = require('node:path');
process.exitCode = require('./new/main.ts').main(process.argv.slice(2), join(__dirname, '..'));
