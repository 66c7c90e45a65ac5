import { ruleFunctionName } from '../core/names';
import type { Assembly } from '../infra/assembly';
import { bundleLimits, memberTemplatesLimit, ruleBundleLimit } from '../infra/bundle-limits';
import type { DeployedFunction } from './functions';
import { kilobytes } from './kilobytes';
import { memberTemplateBytes } from './twenty/room';

/** Sizes of bundles and of the member templates together, in kB of 1,000 bytes, each beside its limit. */
export function sizes(assembly: Assembly, functions: DeployedFunction[]): (string | number)[][] {
  const limits: Readonly<Record<string, number>> = { ...bundleLimits, [ruleFunctionName]: ruleBundleLimit };
  return [
    ...functions.map(({ name, code }) => [name, kilobytes(Buffer.byteLength(code)), limits[name] ?? '']),
    ['member templates together', kilobytes(memberTemplateBytes(assembly)), memberTemplatesLimit],
  ];
}
