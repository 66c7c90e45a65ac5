import type { Explanation } from '../../operator/explain/explanation';
import { findingJson } from '../findings/finding-json';

/** A decision for programs, with everything that it rests on. */
export function explanationJson(explanation: Explanation): object {
  const { policy, policyName, account, control, watched, resource, record, undone, noLedger } = explanation;
  const { resolution, exemptions, tagRule, stop, ruling, stopsAllFixes, foretold } = explanation;
  const { id, name, unit } = account;
  // JSON leaves out what is undefined.
  return {
    policy: policyName,
    account: { id, name, path: unit.path, under: unit.chain.map((parent) => parent.id), watched },
    control,
    resource,
    ...resolution,
    exemptions: exemptions.map(({ exemption, over }) => ({ ...exemption, over })),
    tagRule,
    undone,
    stop,
    freeze: ruling.freeze,
    stopsAllFixes,
    limits: policy.limits,
    lossy: policy.lossy,
    noLedger,
    finding: record && findingJson(record),
    trace: foretold.trace,
    verdict: foretold.ending,
    why: foretold.why,
  };
}
