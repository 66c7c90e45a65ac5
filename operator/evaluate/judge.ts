import type { CustomControl } from '../../controls/control';

/** A control, and the parameters by which it judges. */
export interface Judge {
  control: CustomControl;
  parameters: unknown;
}

/** What resources are to be judged by, as it was asked for: it can be handed to a thread. */
export interface JudgingRequest {
  /** Ids; at least one, and none twice. */
  controls: readonly string[];
  /** Of the only control; its defaults where left out. */
  parameters?: unknown;
  /** `verdict`: no plan is made, and no line is written. */
  wish: 'plan' | 'verdict';
}

/** The same, understood. */
export interface Judging extends JudgingRequest {
  /** In the order in which they were asked for. */
  judges: readonly Judge[];
}
