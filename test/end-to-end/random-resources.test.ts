import { testRandomResources } from './random-resources';

// A hundred of each are in `test/deep/`.
testRandomResources(14);
