import { createHmac } from 'node:crypto';
import {
  ConditionalCheckFailedException,
  DeleteItemCommand,
  type PutItemCommand,
} from '@aws-sdk/client-dynamodb';
import { actionIdOf, actionValue, type SlackAction } from '../../../../core/slack-action';
import type { ActionMessage } from '../../../../hub-functions/slack/action-message';
import { SlackRefusalError } from '../../../../hub-functions/slack/api';
import { Front } from '../../../../hub-functions/slack/front/front';
import { SeenRequests } from '../../../../hub-functions/slack/front/seen-requests';
import { SigningSecret } from '../../../../hub-functions/slack/front/signing-secret';
import type { FrontRequest } from '../../../../hub-functions/slack/front/verify';

export const team = 'T0123456789';
export const app = 'A0123456789';
export const user = 'U0ALICE0001';
export const channel = 'C0SECURITY1';
export const responseUrl = 'https://hooks.slack.com/actions/T0123456789/1/abc';
export const card = 'card-1';
export const finding = {
  accountId: '333333333333',
  region: 'eu-west-1',
  control: 's3-public-access',
  resourceType: 'AWS::S3::Bucket',
  resourceId: 'payments-reports',
};

/** The front function with Slack, Secrets Manager, DynamoDB and SQS in memory. */
export class FrontWorld {
  now = Date.parse('2026-11-27T12:00:00.000Z');
  /** What Slack signs with. */
  signingSecret = '8f742231b10e8888abcd99yyyzzz85a5';
  /** What Secrets Manager holds. */
  kept = this.signingSecret;
  secretReads = 0;
  readonly items = new Set<string>();
  readonly sent: ActionMessage[] = [];
  readonly calls: { method: string; parameters: Record<string, unknown> }[] = [];
  readonly responses: { url: string; message: object }[] = [];
  readonly logged: { level: string; message: string; details: Record<string, unknown> }[] = [];
  /** Slack's error for views; undefined for none. */
  viewsError: string | undefined;
  /** Whether SQS takes nothing. */
  isQueueDown = false;
  readonly front: Front;

  constructor() {
    this.front = this.process();
  }

  /** A fresh process of the function. */
  process(): Front {
    const clock = () => this.now;
    const log = (level: string) => (message: string, details: Record<string, unknown>) =>
      void this.logged.push({ level, message, details });
    const secrets = {
      send: async () => {
        this.secretReads += 1;
        return { SecretString: this.kept };
      },
    };
    const table = {
      send: async (command: unknown) => {
        const { input } = command as PutItemCommand | DeleteItemCommand;
        const key = String(('Item' in input ? input.Item : 'Key' in input ? input.Key : {})?.finding?.S);
        if (command instanceof DeleteItemCommand) return void this.items.delete(key);
        if (this.items.has(key)) throw new ConditionalCheckFailedException({ message: '', $metadata: {} });
        this.items.add(key);
      },
    };
    return new Front({
      team,
      app,
      secret: new SigningSecret(secrets as never, 'arn:secret', clock),
      seen: new SeenRequests(table as never, 'ledger', clock),
      slack: {
        call: async (method, parameters) => {
          this.calls.push({ method, parameters });
          if (this.viewsError !== undefined) throw new SlackRefusalError(method, this.viewsError);
          return { ok: true, view: { id: 'V0VIEW00001' } };
        },
        respond: async (url, message) => void this.responses.push({ url, message }),
      },
      send: async (message) => {
        if (this.isQueueDown) throw new Error('SQS is away');
        this.sent.push(message);
      },
      now: clock,
      log: { info: log('info'), warn: log('warn'), error: log('error') },
    });
  }

  /** A request as Slack signs it. */
  signed(body: string, { secret = this.signingSecret, at = this.now } = {}): FrontRequest {
    const time = String(Math.floor(at / 1_000));
    const signature = `v0=${createHmac('sha256', secret).update(`v0:${time}:${body}`).digest('hex')}`;
    return {
      headers: { 'X-Slack-Signature': signature, 'X-Slack-Request-Timestamp': time },
      body,
      isBase64Encoded: false,
      requestContext: { requestId: 'request-1', identity: { sourceIp: '192.0.2.1' } },
    };
  }

  /** A payload as Slack sends it. */
  payload(payload: unknown, how: Parameters<FrontWorld['signed']>[1] = {}): FrontRequest {
    return this.signed(new URLSearchParams({ payload: JSON.stringify(payload) }).toString(), how);
  }

  /** Somebody clicks. */
  click(action: SlackAction, more: object = {}) {
    return this.front.answer(this.payload(clickOf(action, more)));
  }

  why(): unknown[] {
    return this.logged
      .filter(({ level }) => level !== 'info')
      .map(({ message, details }) => details.why ?? message);
  }
}

/** What Slack tells of a click on a button of a message. */
export function clickOf(action: SlackAction, more: object = {}): object {
  return {
    type: 'block_actions',
    user: { id: user, username: 'alice', name: 'alice', team_id: team },
    api_app_id: app,
    team: { id: team, domain: 'example' },
    container: { type: 'message', message_ts: '1700000000.000100', channel_id: channel, is_ephemeral: false },
    trigger_id: 'trigger-1',
    channel: { id: channel, name: 'security' },
    message: { ts: '1700000000.000100', text: 'hello' },
    response_url: responseUrl,
    actions: [
      {
        type: 'button',
        action_id: actionIdOf(action),
        block_id: 'staunch:actions',
        value: actionValue(action, card),
        action_ts: '1700000001.000200',
      },
    ],
    ...more,
  };
}

/** What Slack tells of a form that was sent off. */
export function submissionOf(view: { callback_id: string; private_metadata: string }, values: object) {
  return {
    type: 'view_submission',
    team: { id: team, domain: 'example' },
    user: { id: user, username: 'alice', team_id: team },
    api_app_id: app,
    trigger_id: 'trigger-2',
    view: { id: 'V0VIEW00001', ...view, state: { values } },
    response_urls: [],
  };
}
