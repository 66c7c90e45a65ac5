import type { CompiledPolicy } from '../../config/compiled';
import { parameterSetsText } from '../../config/parameter-sets-text';
import type { CustomControl } from '../../controls/control';

/** A control by which a deployment has everything judged again that AWS Config recorded, and why. */
export interface JudgedAgain {
  control: string;
  /** What differs from what is deployed; at least one. */
  because: ('code' | 'parameters')[];
}

/**
 * The controls whose verdicts AWS Config makes again once this is deployed: their rules carry a digest of the code and of the
 * parameters that decide. A control that is new judges everything for the first time, and is none of them. Pure.
 * @param verdictCode the digests of the code that would be deployed, by control id
 */
export function judgedAgain(
  controls: readonly CustomControl[],
  { next, deployed }: { next: CompiledPolicy; deployed: CompiledPolicy },
  verdictCode: Readonly<Record<string, string>>,
): JudgedAgain[] {
  return controls.flatMap((control): JudgedAgain[] => {
    const { id } = control;
    if (!Object.hasOwn(deployed.parameterDefaults, id)) return [];
    const before = deployed.verdictCode ?? {};
    const because: JudgedAgain['because'] = [
      ...(Object.hasOwn(before, id) && before[id] === verdictCode[id] ? [] : (['code'] as const)),
      ...(parameterSetsText(deployed, control) === parameterSetsText(next, control)
        ? []
        : (['parameters'] as const)),
    ];
    return because.length === 0 ? [] : [{ control: id, because }];
  });
}
