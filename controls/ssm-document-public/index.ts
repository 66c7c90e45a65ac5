import { documentItems, type SsmDocument } from '../../resources/ssm-document/model';
import { documentWords } from '../../resources/ssm-document/words';
import type { CustomControl } from '../control';
import { shareControl } from '../share-control';
import type { ShareParameters } from '../share-parameters';
import { facts } from './facts';

/** Finds SSM documents that everybody may read and run, and stops sharing them with everybody. */
export const control: CustomControl<SsmDocument, ShareParameters> = shareControl(
  facts,
  documentItems,
  documentWords,
);
