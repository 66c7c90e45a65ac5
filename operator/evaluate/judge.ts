import type { CustomControl } from '../../controls/control';

/** A control, and the parameters by which it judges. */
export interface Judge {
  control: CustomControl;
  parameters: unknown;
}

/** What resources are judged by, and how much is asked for. */
export interface Judging {
  /** At least one. */
  judges: readonly Judge[];
  /** `verdict`: no plan is made, and no line is written. */
  wish: 'plan' | 'verdict';
}
