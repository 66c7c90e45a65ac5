/** What each parameter says; apart from the schema, so that no rule function carries it. */
export { shareWithOrganizationsParameterDescriptions as parameterDescriptions } from '../share-parameter-descriptions';
