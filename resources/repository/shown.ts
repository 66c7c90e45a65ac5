import { shownHolder } from '../kit/policy/holder/shown';
import type { Shown } from '../kit/resource-type';
import { repositoryKind } from './kind';

/** How repositories are shown. */
export const shownRepository: Shown = shownHolder(repositoryKind);
