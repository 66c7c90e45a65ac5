/** Set by the configuration of `npm run test:deep`. */
const isDeep = process.env.STAUNCH_TEST_DEEP === 'true';

/**
 * How often a property is tried: a fifth in `npm test` of what it takes to be thorough. `npm run test:deep` tries the properties of the
 * files in `test/deep/properties.deep.ts` as often as they say.
 * @param thorough how often that is
 */
export function runsOf(thorough: number): number {
  return isDeep ? thorough : Math.ceil(thorough / 5);
}
