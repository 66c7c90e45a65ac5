'use strict';
/**
 * Finds a function's handler as Lambda's Node.js runtime does:
 * https://docs.aws.amazon.com/lambda/latest/dg/nodejs-handler.html
 */
const { existsSync } = require('node:fs');
const { basename, join } = require('node:path');
const { pathToFileURL } = require('node:url');

/** An error with one of the type names that Lambda's runtime uses. */
function runtimeError(type, message) {
  const error = new Error(message);
  error.name = type;
  return error;
}

/**
 * Loads the module and returns the handler function.
 *
 * @param {string} directory folder of the function's code
 * @param {string} handler for example `index.handler`: the file without its ending, and the export
 */
async function loadHandler(directory, handler) {
  const file = basename(handler);
  const [moduleName, ...exportPath] = file.split('.');
  if (!moduleName || exportPath.length === 0 || exportPath.includes('')) {
    throw runtimeError('Runtime.MalformedHandlerName', `Bad handler "${handler}": expected file.export`);
  }
  const stem = join(directory, handler.slice(0, handler.length - file.length), moduleName);
  const path = ['.js', '.mjs', '.cjs']
    .map((ending) => stem + ending)
    .find((candidate) => existsSync(candidate));
  if (path === undefined) {
    throw runtimeError('Runtime.ImportModuleError', `Error: Cannot find module '${moduleName}'`);
  }
  const loaded = path.endsWith('.mjs') ? await import(pathToFileURL(path).href) : require(path);
  const found = exportPath.reduce((value, name) => value?.[name], loaded);
  if (typeof found !== 'function') {
    throw runtimeError('Runtime.HandlerNotFound', `${handler} is undefined or not exported`);
  }
  if (found.length > 2) {
    throw runtimeError(
      'Runtime.CallbackHandlerDeprecated',
      `${handler} takes a callback, which the runtime no longer supports; return a promise instead`,
    );
  }
  return found;
}

module.exports = { loadHandler };
