import { statSync } from 'node:fs';
import type { Assembly } from '../infra/assembly';
import type { DeployedFunction } from './functions';

/** Sizes of bundles and of the member templates together, in kB of 1,000 bytes, each beside its limit. */
export function sizes({ memberTemplates }: Assembly, functions: DeployedFunction[]): (string | number)[][] {
  const templates = memberTemplates.reduce((sum, { templateFile }) => sum + statSync(templateFile).size, 0);
  return [
    ...functions.map(({ name, code }) => [name, kilobytes(Buffer.byteLength(code)), limitOf(name)]),
    ['member templates together', kilobytes(templates), 400],
  ];
}

function kilobytes(bytes: number): string {
  return (bytes / 1000).toFixed(1);
}

/** A few percent above what was measured; `test/infra/whole.test.ts` holds the same. */
const hubLimits: Record<string, number> = {
  'staunch-coordinator': 700,
  'staunch-notifier': 545,
};

function limitOf(name: string): number | string {
  if (name.startsWith('staunch-remediate-')) return 1_115;
  return name.startsWith('staunch-rule-') ? 64 : (hubLimits[name] ?? '');
}
