import type { OrderAnswer, OrderRequest } from '../../core/order';
import type { Host } from '../host';
import type { HubPart } from './hub-error';

/** A hub, as far as asking takes it. */
export interface AskedHub {
  readonly host: Host;
  /** Asks a part of the hub. Throws OperatorError for everything that can go wrong between here and there. */
  ask<Answer>(part: HubPart, question: () => Promise<Answer>): Promise<Answer>;
}

/** A hub, as far as giving orders takes it. */
export interface OrderedHub extends AskedHub {
  order(order: OrderRequest): Promise<OrderAnswer>;
}
