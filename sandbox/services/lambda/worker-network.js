'use strict';
/**
 * Keeps a function inside the sandbox: it reaches this machine's loopback, and nothing else. A forgotten endpoint
 * setting would otherwise send a request to the real AWS.
 */
const dns = require('node:dns');
const net = require('node:net');

/** Whether a host name or address is this machine's loopback. */
function isLoopback(host) {
  const name = host.toLowerCase().replace(/^\[|\]$/g, '');
  return (
    name === 'localhost' || name.endsWith('.localhost') || name === '::1' || /^127(\.\d{1,3}){3}$/.test(name)
  );
}

/** The error that a refused host gets; the code is that of a name which does not resolve. */
function refusal(host) {
  const error = new Error(`The sandbox lets a function reach 127.0.0.1 only; "${host}" was refused.`);
  return Object.assign(error, { code: 'ENOTFOUND', hostname: host, syscall: 'connect' });
}

/** The host that the arguments of `net.Socket.connect` name, or the path of a local socket. */
function hostOf(args) {
  const first = Array.isArray(args[0]) ? args[0][0] : args[0];
  if (typeof first === 'object' && first !== null) return first.path ?? first.host ?? 'localhost';
  if (typeof first === 'number' || /^\d+$/.test(String(first)))
    return typeof args[1] === 'string' ? args[1] : 'localhost';
  return String(first);
}

function restrictSockets() {
  const connect = net.Socket.prototype.connect;
  net.Socket.prototype.connect = function connectToLoopback(...args) {
    const host = hostOf(args);
    if (isLoopback(host)) return connect.apply(this, args);
    process.nextTick(() => this.destroy(refusal(host)));
    return this;
  };
}

function restrictLookup() {
  // Every loopback name is 127.0.0.1: s3control puts the account id before the endpoint's host.
  dns.lookup = (host, options, callback) => {
    const done = typeof options === 'function' ? options : callback;
    const all = typeof options === 'object' && options !== null && options.all === true;
    process.nextTick(() => {
      if (!isLoopback(host)) return done(refusal(host));
      return all ? done(null, [{ address: '127.0.0.1', family: 4 }]) : done(null, '127.0.0.1', 4);
    });
  };
  dns.promises.lookup = async (host, options) => {
    if (!isLoopback(host)) throw refusal(host);
    const address = { address: '127.0.0.1', family: 4 };
    return typeof options === 'object' && options !== null && options.all === true ? [address] : address;
  };
}

/** Slack's hosts, whose paths the stand-in tells apart: of methods, of response URLs, of uploads. */
const slackHosts = ['https://slack.com/', 'https://hooks.slack.com/', 'https://files.slack.com/'];

function redirectSlack(slackEndpoint) {
  const realFetch = globalThis.fetch;
  globalThis.fetch = (input, init) => {
    const url = typeof input === 'string' || input instanceof URL ? String(input) : input.url;
    const host = slackHosts.find((each) => url.startsWith(each));
    if (slackEndpoint === undefined || host === undefined) return realFetch(input, init);
    const target = `${slackEndpoint}/${url.slice(host.length)}`;
    return input instanceof Request ? realFetch(new Request(target, input), init) : realFetch(target, init);
  };
}

/**
 * Restricts this thread's network to the loopback.
 *
 * @param {string | undefined} slackEndpoint where requests to Slack's hosts go, for example http://127.0.0.1:4000
 */
function restrictNetwork(slackEndpoint) {
  restrictSockets();
  restrictLookup();
  redirectSlack(slackEndpoint);
}

module.exports = { restrictNetwork };
