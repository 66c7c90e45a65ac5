const config = require('./jest.config');

/** What takes too long for every run: `npm run test:deep`. */
module.exports = { ...config, roots: ['<rootDir>/test/deep'], testMatch: ['**/*.deep.ts'] };
