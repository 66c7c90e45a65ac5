import { shownHolder } from '../kit/policy/holder/shown';
import type { Shown } from '../kit/resource-type';
import { secretKind } from './kind';

/** How secrets are shown. */
export const shownSecret: Shown = shownHolder(secretKind);
