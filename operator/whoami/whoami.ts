import type { OrderAnswer } from '../../core/order';
import type { Hub } from '../hub/hub';
import { askHub } from '../orders/give-order';

/** Whom the hub takes somebody for. */
export interface Whoami {
  /** A sentence for people. */
  text: string;
  /** What he may, where, and by which line of the policy. */
  rights: NonNullable<OrderAnswer['rights']>;
}

/**
 * Whom the hub takes whoever's credentials these are for, and what he may.
 * @throws OperatorError when the hub cannot be asked
 */
export async function whoami(hub: Hub): Promise<Whoami> {
  const { text, rights = [] } = await askHub(hub, { order: 'whoami' });
  return { text, rights };
}
