import type { Construct } from 'constructs';
import { savedStatesTableName } from '../../core/names';
import { KeptTable } from './kept-table';

/**
 * The table of what was there before and after each fix: without it no fix could be undone. Of the functions, the
 * coordinator alone writes it, and the orders function reads it for those who may see the finding.
 */
export class SavedStates extends KeptTable {
  constructor(scope: Construct, id: string) {
    super(scope, id, savedStatesTableName);
  }
}
