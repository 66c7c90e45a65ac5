'use strict';

/** Something that the person at the keyboard can put right. Shown as one message, without a stack trace. */
class SetupProblem extends Error {}

module.exports = { SetupProblem };
