import { shownHolder } from '../kit/policy/holder/shown';
import type { Shown } from '../kit/resource-type';
import { queueKind } from './kind';

/** How queues are shown. */
export const shownQueue: Shown = shownHolder(queueKind);
