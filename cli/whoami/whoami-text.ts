import type { Colors } from 'picocolors/types';
import type { Whoami } from '../../operator/whoami/whoami';
import { printable } from '../../resources/kit/printable';

type Granted = Whoami['rights'][number];

/** Whom the hub takes somebody for, and what he may: a line for each place, and line of the policy. Pure. */
export function whoamiText({ text, rights }: Whoami, colours: Colors): string {
  const lines = new Map<string, { of: Granted; names: string[] }>();
  for (const of of rights) {
    const { right, where, source, needsSecondPerson, breakGlass } = of;
    const key = JSON.stringify([where, source, needsSecondPerson, breakGlass]);
    const names = [...(lines.get(key)?.names ?? []), right];
    lines.set(key, { of, names });
  }
  const may = [...lines.values()].map(
    ({ of: { where, source, ...how }, names }) =>
      `  - ${printable(`${names.join(', ')}${howText(how)}: ${where} (${source})`)}`,
  );
  return [
    colours.bold(printable(text)),
    ...(may.length > 0
      ? ['What you may, where, and by which line of the policy:', ...may]
      : ['The policy gives you no right.']),
  ].join('\n');
}

function howText({ needsSecondPerson, breakGlass }: Pick<Granted, 'needsSecondPerson' | 'breakGlass'>) {
  if (breakGlass) return ' as break-glass, with a reason';
  return needsSecondPerson ? ' with a second person' : '';
}
