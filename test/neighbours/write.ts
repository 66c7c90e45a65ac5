import { mkdirSync, writeFileSync } from 'node:fs';
import { join } from 'node:path';
import { buildSync } from 'esbuild';
import { policyFile, stackTemplate } from '../infra/support/assemble';
import { synthesizeFor } from '../infra/support/synthesized';
import type { Samples } from './exchanged';
import { samplesOfThisVersion } from './samples';
import { statefulIn } from './stateful';

/**
 * Writes what the version after this one is tested against: this version's samples, its readers as a bundle that takes packages from
 * where it lies, and the hub's resources that an update must not replace.
 */
export async function writeNeighbour(folder: string): Promise<void> {
  mkdirSync(folder, { recursive: true });
  writeFileSync(join(folder, 'samples.json'), linesOf(await samplesOfThisVersion()));
  writeFileSync(join(folder, 'stateful.json'), `${JSON.stringify(statefulOfThisVersion(), null, 2)}\n`);
  buildSync({
    entryPoints: [join(__dirname, 'readers.ts')],
    outfile: join(folder, 'readers.cjs'),
    bundle: true,
    packages: 'external',
    platform: 'node',
    format: 'cjs',
    minify: true,
  });
}

/** As JSON, each sample on a line of its own. */
function linesOf(samples: Samples): string {
  const entry = ([name, value]: [string, unknown]) => `${JSON.stringify(name)}:${JSON.stringify(value)}`;
  const kind = ([name, of]: [string, object]) =>
    `${JSON.stringify(name)}:{\n${Object.entries(of).map(entry).join(',\n')}\n}`;
  return `{\n${Object.entries(samples).map(kind).join(',\n')}\n}\n`;
}

function statefulOfThisVersion(): Record<string, unknown> {
  const { assembly, remove } = synthesizeFor(policyFile('off'));
  try {
    return statefulIn(stackTemplate(assembly, 'staunch-hub'));
  } finally {
    remove();
  }
}
