'use strict';

/** The folders of the house whose arrows `.dependency-cruiser.js` holds. */
exports.rooms = [
  'core',
  'resources',
  'controls',
  'config',
  'decision',
  'ledger',
  'operator',
  'member-functions',
  'hub-functions',
  'infra',
  'cli',
  'sandbox',
  'bench',
];
