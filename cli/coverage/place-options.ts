import { Option } from 'commander';
import { scopeOptions } from '../pause/scope-options';

/** The options that name watched places. */
export function placeOptions(): Option[] {
  return [
    ...scopeOptions(),
    new Option('--resource-region <region>', 'only in this Region; may be given again').argParser(
      (value: string, earlier: string[] = []) => [...earlier, value],
    ),
  ];
}
