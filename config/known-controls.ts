import { customControls, managedControls } from '../controls/registry';
import { closest } from './did-you-mean';

/** Ids of the controls that a policy can name: those that Staunch can fix. */
export const fixableControlIds: readonly string[] = customControls.map(({ id }) => id);

/** Why a policy cannot name this control, and what would be right. */
export function unusableControl(id: string): string {
  if (managedControls.some((control) => control.id === id)) {
    return "this control is one of AWS Config's managed rules: Staunch reports it and never fixes it, so there is nothing to set; take it out.";
  }
  const meant = closest(id, fixableControlIds);
  return meant === undefined
    ? `there is no such control; there are ${fixableControlIds.join(', ')}.`
    : `there is no such control; did you mean ${meant}?`;
}
