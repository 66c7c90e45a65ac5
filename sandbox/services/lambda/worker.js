'use strict';
/**
 * What runs inside an execution environment: a stand-in for Lambda's Node.js runtime. Plain JavaScript, because a worker
 * thread loads it without a transpiler.
 *
 * `workerData`: `{ directory, handler, slackEndpoint?, timeShift }`. Messages to the parent: `{ type: 'ready' }`,
 * `{ type: 'line', line }`, `{ type: 'answer', payload }`, `{ type: 'error', phase, payload }`. The parent sends
 * `{ payload, context, remainingMilliseconds, traceId }` for an invocation.
 */
const os = require('node:os');
const { isNativeError } = require('node:util').types;
const { parentPort, workerData } = require('node:worker_threads');
const { shiftClock } = require('./worker-clock');
const { loadHandler } = require('./worker-handler');
const { restrictNetwork } = require('./worker-network');

/** Lambda's form of an error: https://docs.aws.amazon.com/lambda/latest/dg/nodejs-exceptions.html */
function describe(error) {
  if (!isNativeError(error)) return { errorType: typeof error, errorMessage: String(error), trace: [] };
  return { errorType: error.name, errorMessage: error.message, trace: (error.stack ?? '').split('\n') };
}

/** Hands whole lines to the parent, in order with everything else it is told. */
function captureLines(stream) {
  let rest = '';
  stream.write = (chunk, encoding, callback) => {
    const text = typeof chunk === 'string' ? chunk : Buffer.from(chunk).toString('utf8');
    const lines = (rest + text).split('\n');
    rest = lines.pop() ?? '';
    for (const line of lines) parentPort.postMessage({ type: 'line', line });
    const done = typeof encoding === 'function' ? encoding : callback;
    if (done) process.nextTick(done);
    return true;
  };
  return () => {
    if (rest !== '') parentPort.postMessage({ type: 'line', line: rest });
    rest = '';
  };
}

const flushers = [captureLines(process.stdout), captureLines(process.stderr)];

/** Tells the parent, after everything that was printed before. */
function tell(message) {
  for (const flush of flushers) flush();
  parentPort.postMessage(message);
}

function tellError(phase, error, type) {
  const description = describe(error);
  const payload = JSON.stringify(type === undefined ? description : { ...description, errorType: type });
  console.error(`${phase === 'init' ? 'Init' : 'Invoke'} Error ${payload}`);
  tell({ type: 'error', phase, payload });
}

let phase = 'init';
// After either of these Lambda's runtime ends the process, so the environment is not used again.
process.on('uncaughtException', (error) => {
  tellError(phase, error);
  process.exit(129);
});
process.on('unhandledRejection', (reason) => {
  tellError(phase, reason, 'Runtime.UnhandledPromiseRejection');
  process.exit(128);
});

// The SDK warns of this machine's Node.js version, which says nothing about the runtime that the template names.
const emitWarning = process.emitWarning;
process.emitWarning = (warning, ...rest) => {
  if (!String(warning).includes('NodeVersionSupportWarning')) emitWarning.call(process, warning, ...rest);
};

// The home of Lambda's user does not exist, so no AWS profile of the person at this machine is ever read.
os.homedir = () => '/home/sbx_user';
restrictNetwork(workerData.slackEndpoint);
shiftClock(workerData.timeShift);

async function invoke(handler, { payload, context, remainingMilliseconds, traceId }) {
  phase = 'invoke';
  // Not by the clock: the time that a test lets pass is not the function's own.
  const deadline = performance.now() + remainingMilliseconds;
  process.env._X_AMZN_TRACE_ID = traceId;
  try {
    const answer = await handler(JSON.parse(payload), {
      ...context,
      callbackWaitsForEmptyEventLoop: true,
      getRemainingTimeInMillis: () => Math.max(0, Math.round(deadline - performance.now())),
    });
    tell({ type: 'answer', payload: JSON.stringify(answer) ?? 'null' });
  } catch (error) {
    tellError('invoke', error);
  }
}

loadHandler(workerData.directory, workerData.handler).then(
  (handler) => {
    parentPort.on('message', (request) => void invoke(handler, request));
    tell({ type: 'ready' });
  },
  (error) => {
    tellError('init', error);
    process.exit(1);
  },
);
