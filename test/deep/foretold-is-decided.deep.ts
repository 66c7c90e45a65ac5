import { testForetelling } from '../decision/support/foretelling';

testForetelling(10_000);
