/** What each parameter says; apart from the schema, so that no rule function carries it. */
export { shareParameterDescriptions as parameterDescriptions } from '../share-parameter-descriptions';
