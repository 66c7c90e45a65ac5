'use strict';

const { readFileSync } = require('node:fs');
const { SourceMap } = require('node:module');
const { dirname, resolve } = require('node:path');
const { fileURLToPath, pathToFileURL } = require('node:url');

/** A place in a compiled module, as V8 writes it. */
const placeIn = (folder) => new RegExp(`(${escaped(pathToFileURL(folder).href)}/[^:]+):(\\d+):(\\d+)`);

/**
 * Has stack traces name sources in place of what they were compiled to. Maps are read when the first trace is looked at, and not
 * before: most commands end without one.
 * @param {string} folder where the compiled modules lie, beside their maps
 */
function showSourcesInStackTraces(folder) {
  const maps = new Map();
  const place = placeIn(folder);
  Error.prepareStackTrace = (error, calls) => {
    const lines = calls.map((call) => `\n    at ${String(call).replace(place, sourceOf)}`);
    return `${headOf(error)}${lines.join('')}`;
  };

  function sourceOf(whole, url, line, column) {
    try {
      const map = mapOf(fileURLToPath(url));
      const { originalSource, originalLine, originalColumn } = map.findEntry(line - 1, column - 1);
      if (originalSource === undefined) return whole;
      return `${resolve(dirname(fileURLToPath(url)), originalSource)}:${originalLine + 1}:${originalColumn + 1}`;
    } catch {
      // A trace with places in compiled code is better than none.
      return whole;
    }
  }

  function mapOf(path) {
    const known = maps.get(path);
    if (known !== undefined) return known;
    const map = new SourceMap(JSON.parse(readFileSync(`${path}.map`, 'utf8')));
    maps.set(path, map);
    return map;
  }
}

function headOf(error) {
  try {
    return Error.prototype.toString.call(error);
  } catch {
    return 'Error';
  }
}

function escaped(text) {
  return text.replace(/[.*+?^${}()|[\]\\]/g, '\\$&');
}

module.exports = { showSourcesInStackTraces };
