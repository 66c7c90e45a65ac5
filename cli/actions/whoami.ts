import { whoami } from '../../operator/whoami/whoami';
import { printableJson } from '../../resources/kit/printable';
import { say } from '../say';
import { standardOutput } from '../terminal';
import { whoamiText } from '../whoami/whoami-text';
import { type HubOptions, withHub } from '../with-hub';

/** The options of `staunch whoami`. */
export interface WhoamiOptions extends HubOptions {
  json?: boolean;
}

/**
 * Says whom the hub takes the person at the keyboard for.
 * @returns the exit status
 */
export async function runWhoami({ json, ...options }: WhoamiOptions): Promise<number> {
  const who = await withHub(options, whoami);
  if (json) process.stdout.write(`${printableJson(who)}\n`);
  else say(whoamiText(who, standardOutput().colours));
  return 0;
}
