import { testForetelling } from './support/foretelling';

// Ten thousand are in `test/deep/`.
testForetelling(500);
