import { shownHolder } from '../kit/policy/holder/shown';
import type { Shown } from '../kit/resource-type';
import { keyKind } from './kind';

/** How keys are shown. */
export const shownKey: Shown = shownHolder(keyKind);
