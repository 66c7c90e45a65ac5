import type { IncomingMessage } from 'node:http';
import { SlackError } from './errors';
import type { HttpAnswer } from './http-answer';
import { jsonAnswer, rateLimited } from './http-answer';
import type { RateLimits } from './limits/rate-limits';
import type { MethodCall } from './methods/method';
import { methods } from './methods/methods';
import type { SlackParameters } from './request-body';

/** What the Web API works with. */
export interface WebApiParts extends Omit<MethodCall, 'parameters' | 'scopes'> {
  /** The bot token that it accepts. */
  token: string;
  /** Scopes that the token has; a test may take some away. */
  scopes: string[];
  /** Undefined where no limit is kept. */
  limits: RateLimits | undefined;
}

/**
 * Answers a call of a method: https://docs.slack.dev/apis/web-api
 *
 * @param method its name, for example `chat.postMessage`
 * @param parameters undefined where the body is no JSON object
 */
export function answerCall(
  parts: WebApiParts,
  { method: name, request }: { method: string; request: IncomingMessage },
  parameters: SlackParameters | undefined,
): HttpAnswer {
  const headers = { 'x-oauth-scopes': parts.scopes.join(',') };
  try {
    const method = Object.hasOwn(methods, name) ? methods[name] : undefined;
    if (method === undefined) throw new SlackError('unknown_method');
    if (parameters === undefined) throw new SlackError('invalid_json');
    checkToken(request, parameters, parts);
    if (method.scope !== undefined && !parts.scopes.includes(method.scope))
      throw new SlackError('missing_scope', { needed: method.scope, provided: parts.scopes.join(',') });
    const wait = parts.limits?.take(name, method.limit, String(parameters.channel ?? '')) ?? 0;
    if (wait > 0) return rateLimited(wait);
    return jsonAnswer(200, { ok: true, ...method.run({ ...parts, parameters }) }, headers);
  } catch (error) {
    if (!(error instanceof SlackError)) throw error;
    return jsonAnswer(200, { ok: false, error: error.code, ...error.details }, headers);
  }
}

function checkToken(request: IncomingMessage, parameters: SlackParameters, parts: WebApiParts): void {
  const token = /^Bearer (.+)$/.exec(request.headers.authorization ?? '')?.[1] ?? parameters.token;
  if (token === undefined) throw new SlackError('not_authed');
  if (token !== parts.token) throw new SlackError('invalid_auth');
}
