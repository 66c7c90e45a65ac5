import type { SlackHosts } from '../hosts';
import type { MethodLimit } from '../limits/rate-limits';
import type { SlackParameters } from '../request-body';
import type { Triggers } from '../triggers';
import type { Uploads } from '../uploads';
import type { Workspace } from '../workspace';

/** What a method works with. */
export interface MethodCall {
  parameters: SlackParameters;
  workspace: Workspace;
  triggers: Triggers;
  uploads: Uploads;
  hosts: SlackHosts;
  /** Scopes that the bot's token has. */
  scopes: readonly string[];
  /** Records what a channel is told. */
  told: (message: { channel: string; text: string; blocks?: unknown }, edited: boolean) => void;
}

/** A method of the Web API: https://docs.slack.dev/reference/methods */
export interface Method {
  /** The scope that a bot's token has to have; absent where it is none. */
  scope?: string;
  limit: MethodLimit;
  /**
   * What it answers beside `ok`.
   * @throws SlackError where it refuses the call
   */
  run(call: MethodCall): Record<string, unknown>;
}
