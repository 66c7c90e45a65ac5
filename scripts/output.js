'use strict';

/** The exit status of a program that SIGPIPE ends: 128 and the signal's number. */
const endedByPipe = 141;

/** By Node.js's code: https://nodejs.org/api/errors.html#common-system-errors */
const reasons = {
  ENOSPC: 'its disk is full',
  EDQUOT: 'its disk quota is used up',
  EFBIG: 'it would become larger than may be',
  EIO: 'its device failed',
};

/**
 * Ends the process when what it prints cannot be written: silently where whoever reads has seen enough, as it ends other
 * programs; with one message where the rest is lost.
 */
function endWhenUnwritable() {
  process.stdout.on('error', (error) => {
    if (error.code === 'EPIPE') process.exit(endedByPipe);
    const why = reasons[error.code] ?? error.message;
    console.error(
      `Standard output cannot be written: ${why}. What was printed is not whole; what was ordered stays ordered.`,
    );
    process.exit(1);
  });
  // Nobody can be told.
  process.stderr.on('error', () => {});
}

module.exports = { endWhenUnwritable };
