import { type Ami, amiItems } from '../../resources/ami/model';
import { amiWords } from '../../resources/ami/words';
import type { CustomControl } from '../control';
import { shareControl } from '../share-control';
import type { ShareWithOrganizationsParameters } from '../share-parameters';
import { facts } from './facts';

/** Finds AMIs from which everybody may launch instances, and stops sharing them with everybody. */
export const control: CustomControl<Ami, ShareWithOrganizationsParameters> = shareControl(
  facts,
  amiItems,
  amiWords,
);
