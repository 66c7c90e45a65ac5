import type { CompiledPolicy } from './compiled';

/** Whether the policy asks for anything beyond reporting, anywhere: some flag, of whatever level or control, is not `off`. */
export function anyFlagOn(policy: CompiledPolicy): boolean {
  const levels = [
    policy.default,
    ...Object.values(policy.organizationalUnits),
    ...Object.values(policy.accounts),
  ];
  return levels
    .flatMap(({ flag, controls }) => [flag, ...Object.values(controls).map((control) => control.flag)])
    .some((flag) => flag !== undefined && flag !== 'off');
}
