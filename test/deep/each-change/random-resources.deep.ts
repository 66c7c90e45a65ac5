import { testRandomResources } from '../../end-to-end/random-resources';

// A hundred of each are in `test/deep/random-resources.deep.ts`.
testRandomResources(14);
