import { compliant, type Evaluation } from '../../core/evaluation';
import { broadPartOf } from '../../resources/security-group/plain-item';
import { lastPort, portProtocol } from '../../resources/security-group/protocols';
import { evaluate } from './evaluate';
import type { WideOpenParameters } from './parameters';

/** What `evaluate` says of the group in a configuration item, where a short look at the item is enough; else undefined. */
export function evaluateItem(item: unknown, parameters: WideOpenParameters): Evaluation | undefined {
  const broad = broadPartOf(item, parameters);
  if (broad === undefined) return undefined;
  let [tcp, udp] = [0, 0];
  for (const { protocol: name, fromPort = 0, toPort = lastPort } of broad.traffic) {
    const protocol = portProtocol(name);
    if (protocol !== 'udp') tcp += toPort - fromPort + 1;
    if (protocol !== 'tcp') udp += toPort - fromPort + 1;
  }
  return tcp > parameters.mostPorts || udp > parameters.mostPorts
    ? evaluate(broad.group(), parameters)
    : compliant();
}
