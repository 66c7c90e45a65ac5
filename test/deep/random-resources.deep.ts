import { testRandomResources } from '../end-to-end/random-resources';

testRandomResources(100);
