import type { Control, CustomControl } from '../controls/control';

/** Those of the controls that Staunch evaluates and fixes itself. */
export function customOf(controls: readonly Control[]): CustomControl[] {
  return controls.filter((control) => control.kind === 'custom');
}
