import { testUndo } from './undo-properties';

// Two thousand are in `test/deep/`.
testUndo(500);
