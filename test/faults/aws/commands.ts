import type { Session } from './sessions';

/** Who makes a call, and where. */
export interface Caller {
  /** The session in a member account whose credentials the client has; undefined for a function's own access. */
  session: Session | undefined;
  /** The client's Region; empty where it does not matter. */
  region: string;
  /** Whether the document client drops undefined values. */
  removeUndefined: boolean;
}

/** What a service answers to each command, by the command's name without `Command`. What it throws, the call throws. */
export type Commands = Readonly<Record<string, (input: never, caller: Caller) => unknown>>;
