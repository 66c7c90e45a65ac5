import { mergePorts, type PortProtocol, type PortRange, portProtocols } from './protocols';

/** How many ranges of ports a sentence names. */
const mostNamed = 20;

/** Ports in words: `tcp 22, 3306-3310; udp 53`. */
export function portsText(list: readonly { protocol: PortProtocol; ports: PortRange }[]): string {
  const texts: string[] = [];
  for (const protocol of portProtocols) {
    const ranges = mergePorts(list.filter((one) => one.protocol === protocol).map(({ ports }) => ports));
    if (ranges.length === 0) continue;
    const named = ranges.slice(0, mostNamed).map(rangeText).join(', ');
    const more = ranges.length > mostNamed ? `, ${ranges.length - mostNamed} more` : '';
    texts.push(`${protocol} ${named}${more}`);
  }
  return texts.join('; ');
}

function rangeText({ from, to }: PortRange): string {
  return from === to ? `${from}` : `${from}-${to}`;
}
