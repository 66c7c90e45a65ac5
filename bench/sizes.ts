import { statSync } from 'node:fs';
import type { Assembly } from '../infra/assembly';
import { bundleLimits } from '../infra/bundle-limits';
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

function limitOf(name: string): number | string {
  return name.startsWith('staunch-rule-') ? 64 : (bundleLimits[name] ?? '');
}
