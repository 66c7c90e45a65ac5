import { customFacts } from '../../controls/facts';
import { ruleFunctionName } from '../../core/names';
import { sessionPolicy } from '../../hub-functions/coordinator/member/session-policy';
import { maximumSessionPolicyLength } from '../../hub-functions/member-session/policy-text';
import type { Assembly } from '../../infra/assembly';
import { bundleLimits, memberTemplatesLimit, ruleBundleLimit } from '../../infra/bundle-limits';
import { examples } from '../../test/resources/examples/registry';
import { type DeployedFunction, deployedFunctions } from '../functions';
import type { Measurement, MeasurementGroup } from '../measurement';
import { memberTemplateBytes } from '../twenty/room';

/** Sizes of bundles, of the member templates together, and of the longest session policies. */
export const sizes: MeasurementGroup = {
  title: 'sizes',
  takes: 'seconds',
  async measure({ synthesized }) {
    const { assembly } = await synthesized();
    return [...bundles(assembly, await deployedFunctions(assembly)), ...sessionPolicies()];
  },
};

/** In kB of 1,000 bytes. */
function bundles(assembly: Assembly, functions: DeployedFunction[]): Measurement[] {
  const limits: Readonly<Record<string, number>> = { ...bundleLimits, [ruleFunctionName]: ruleBundleLimit };
  const size = { unit: 'kB', better: 'lower' } as const;
  return [
    ...functions.map(({ name, code }) => {
      const limit = limits[name];
      const value = Buffer.byteLength(code) / 1_000;
      return { name: `bundle of ${name}`, value, ...size, ...(limit !== undefined && { limit }) };
    }),
    {
      name: 'member templates together',
      value: memberTemplateBytes(assembly) / 1_000,
      ...size,
      limit: memberTemplatesLimit,
    },
  ];
}

/** The longest session policy of each control. */
function sessionPolicies(): Measurement[] {
  const place = { accountId: '1'.repeat(12), region: 'ap-southeast-1' };
  return customFacts.map((control) => {
    const { id, resourceType } = control;
    const resourceId = examples[resourceType].longestId(place);
    const policy = sessionPolicy(control, { ...place, control: id, resourceType, resourceId }, 'undo');
    return {
      name: `session policy of ${id}`,
      value: policy.length,
      unit: 'characters',
      better: 'lower',
      limit: maximumSessionPolicyLength,
    };
  });
}
