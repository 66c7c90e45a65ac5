import { findingDetails } from '../../operator/findings/finding-details';
import { printableJson } from '../../resources/kit/printable';
import { say } from '../say';
import { findingDetailsJson } from '../show/finding-details-json';
import { findingText } from '../show/finding-text';
import { standardOutput } from '../terminal';
import { type HubOptions, withHub } from '../with-hub';

/** The options of `staunch show`. */
export interface ShowOptions extends HubOptions {
  json?: boolean;
}

/**
 * Shows one finding.
 * @returns the exit status
 */
export async function runShow(name: string, { json, ...options }: ShowOptions): Promise<number> {
  const details = await withHub(options, (hub) => findingDetails(hub, name));
  if (json) process.stdout.write(`${printableJson(findingDetailsJson(details))}\n`);
  else say(findingText(details, standardOutput().colours, new Date()));
  return 0;
}
