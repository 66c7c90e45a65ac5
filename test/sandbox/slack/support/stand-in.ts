import { createServer } from 'node:http';
import type { AddressInfo } from 'node:net';
import { LogLevel, WebClient } from '@slack/web-api';
import { EventLog } from '../../../../sandbox/events';
import { readBody } from '../../../../sandbox/slack/request-body';
import { type SlackOptions, type SlackStandIn, slackTeam, startSlack } from '../../../../sandbox/slack/slack';

export const token = 'xoxb-test';
export const channel = 'C0123456789';
export const alice = 'U0ALICE0001';
export const bob = 'U0BOB00001';

/** The workspace that the tests begin with. */
export function startStandIn(options: Partial<SlackOptions> = {}): Promise<SlackStandIn> {
  return startSlack({
    log: new EventLog(),
    token,
    channels: [channel],
    users: [
      { id: alice, name: 'Alice Example', email: 'alice@example.com', team: slackTeam },
      { id: bob, name: 'Bob Example', email: 'bob@example.com', team: slackTeam },
    ],
    groups: [{ id: 'S0SECURITY1', handle: 'security-team', users: [alice] }],
    ...options,
  });
}

/** Slack's own client, for the stand-in. */
export function clientOf(slack: SlackStandIn, withToken = token): WebClient {
  return new WebClient(withToken, {
    slackApiUrl: `${slack.endpoint}/api/`,
    retryConfig: { retries: 0 },
    rejectRateLimitedCalls: true,
    logLevel: LogLevel.ERROR,
  });
}

/** Milliseconds since the epoch, moved by hand. */
export class HandClock {
  time = Date.parse('2026-01-01T00:00:00Z');
  readonly now = () => this.time;
}

export function section(text: string) {
  return { type: 'section' as const, text: { type: 'mrkdwn' as const, text } };
}

export function button(actionId: string, value = actionId) {
  return {
    type: 'button' as const,
    text: { type: 'plain_text' as const, text: actionId },
    action_id: actionId,
    value,
  };
}

export function actions(...elements: ReturnType<typeof button>[]) {
  return { type: 'actions' as const, elements };
}

/** What an app got from Slack. */
export interface Received {
  headers: Record<string, string | string[] | undefined>;
  body: string;
  // biome-ignore lint/suspicious/noExplicitAny: each kind of interaction has a payload of its own
  payload: any;
}

/** An app that takes what people do. */
export interface TestApp {
  url: string;
  received: Received[];
  /** What it answers next, and from then on. */
  answer: { status: number; body?: unknown };
  /** Runs before it answers. */
  work: (received: Received) => Promise<unknown>;
  stop(): Promise<void>;
}

/** Starts an app on a free port of 127.0.0.1. */
export async function startApp(): Promise<TestApp> {
  const app: TestApp = {
    url: '',
    received: [],
    answer: { status: 200 },
    work: async () => undefined,
    stop: () =>
      new Promise((resolve) => {
        server.closeAllConnections();
        server.close(() => resolve());
      }),
  };
  const server = createServer((request, response) => {
    void readBody(request).then(async (content) => {
      const body = content.toString('utf8');
      const payload = JSON.parse(new URLSearchParams(body).get('payload') ?? '{}');
      const received = { headers: request.headers, body, payload };
      app.received.push(received);
      await app.work(received);
      const { status, body: said } = app.answer;
      response.writeHead(status, { 'content-type': 'application/json' });
      response.end(said === undefined ? '' : JSON.stringify(said));
    });
  });
  await new Promise<void>((resolve) => server.listen(0, '127.0.0.1', resolve));
  app.url = `http://127.0.0.1:${(server.address() as AddressInfo).port}/slack`;
  return app;
}
