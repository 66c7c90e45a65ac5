import * as z from 'zod/mini';
import type { JsonObject } from '../../core/json';
import { stricterLines } from '../../resources/kit/internet';
import { portsText } from '../../resources/security-group/ports-text';
import { portProtocols, withoutPorts } from '../../resources/security-group/protocols';
import { type OpenPortsParameters, parametersShape, prohibitedPorts } from './parameters';

/** Parameters that a policy was deployed with, maybe by another version: what it does not know has its default. */
const deployedSchema = z.object(parametersShape);

/** What becomes dangerous by other parameters; everything where those of before cannot be understood. */
export function newlyProhibited(before: JsonObject, next: OpenPortsParameters): string[] {
  const read = deployedSchema.safeParse(before);
  const [old, now] = [
    read.success ? prohibitedPorts(read.data) : { tcp: [], udp: [] },
    prohibitedPorts(next),
  ];
  const ports = portProtocols.flatMap((protocol) =>
    withoutPorts(now[protocol], old[protocol]).map((range) => ({ protocol, ports: range })),
  );
  return [
    ...(ports.length === 0 ? [] : [portsText(ports)]),
    ...(read.success ? stricterLines(read.data, next) : []),
  ];
}
