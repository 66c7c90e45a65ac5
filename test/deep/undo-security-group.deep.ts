import { testUndo } from '../resources/security-group/undo-properties';

testUndo(2_000);
